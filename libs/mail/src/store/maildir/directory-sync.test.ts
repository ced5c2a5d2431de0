import { TemporaryMaildir } from '../testing/temporary-maildir';
import { DirectorySync } from './directory-sync';

test('callers at the same time share a round, and those of a failed one do not spoil the next', async () => {
  const maildir = await TemporaryMaildir.make();
  const durable = new DirectorySync();
  const first = durable.sync(maildir.path('cur'));
  const second = durable.sync(maildir.path('cur'));
  expect(durable.sync(maildir.path('cur'))).toBe(second);
  expect(second).not.toBe(first);
  await Promise.all([first, second]);

  const failing = [durable.sync(maildir.path('none')), durable.sync(maildir.path('none'))];
  for (const each of failing) await expect(each).rejects.toMatchObject({ code: 'ENOENT' });
  await maildir.folder('none');
  await durable.sync(maildir.path('none'));
  await maildir.remove();
});
