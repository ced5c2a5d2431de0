// Whatever several movers and a mail reader do at the same time, no mail is ever lost or overwritten.
import fc from 'fast-check';
import { rename } from 'node:fs/promises';
import { TemporaryMaildir } from '../testing/temporary-maildir';
import { errnoOf } from './listing';
import { openMaildir } from './maildir';

const MAILS = ['a', 'b', 'c'];
/** Another mail with the unique name of the first one. */
const TWIN = 'twin';
const FOLDERS = ['INBOX', 'Lists', 'News'];

const move = fc.record({
  mail: fc.constantFrom(...MAILS),
  from: fc.constantFrom(...FOLDERS),
  to: fc.constantFrom(...FOLDERS),
});
// Not the first: a reader that renames a mail onto its twin overwrites it, and that is not ours to prevent.
const mark = fc.record({ mail: fc.constantFrom('b', 'c'), flags: fc.constantFrom('', 'S', 'FS', 'RS') });

const expected = (error: unknown): void => {
  if (!['ENOENT', 'MAIL_BUSY'].includes(errnoOf(error) ?? '')) throw error;
};

test('moves in all directions while flags change keep every mail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(move, { minLength: 5, maxLength: 12 }), { minLength: 3, maxLength: 3 }),
      fc.array(mark, { minLength: 5, maxLength: 20 }),
      async (movers, marks) => {
        const maildir = await TemporaryMaildir.make();
        try {
          for (const mail of MAILS) await maildir.put(`cur/${mail}:2,`, mail);
          await maildir.folder('.Lists');
          await maildir.put('.Lists/cur/a:2,', TWIN);
          const moving = movers.map(async (moves) => {
            const store = await openMaildir(maildir.root);
            for (const { mail, from, to } of moves) {
              await store.move({ key: mail, folder: from, name: `cur/${mail}:2,`, flags: '' }, to).catch(expected);
            }
          });
          const marking = (async () => {
            const reader = await openMaildir(maildir.root);
            for (const { mail, flags } of marks) {
              const seen = (await reader.scan(null)).mails.find(({ key }) => key === mail);
              if (!seen) continue;
              const directory = maildir.path(seen.folder === 'INBOX' ? '' : `.${seen.folder}`);
              await rename(`${directory}/${seen.name}`, `${directory}/cur/${mail}:2,${flags}`).catch(expected);
            }
          })();
          await Promise.all([...moving, marking]);
          const contents = await Promise.all((await maildir.files()).map((file) => maildir.content(file)));
          expect([...new Set(contents)].sort()).toEqual([...MAILS, TWIN]);
        } finally {
          await maildir.remove();
        }
      },
    ),
    { numRuns: 25 },
  );
});
