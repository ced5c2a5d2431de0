import { rmSync } from 'node:fs';
import { Action, Mail, newId, Task } from '@sorting-office/db';
import { fromList, openMailbox, raw, type TestMailbox } from './testing/mailbox';
import { continuationOf, enqueue, work } from './testing/worker';
import undo from './undo.task';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await openMailbox();
});
afterEach(() => mailbox.close());

const fromShop = raw({
  From: 'Another List <Other@Lists.example>',
  To: 'others@lists.example',
  Subject: 'Re: [others] what of it',
  'List-Id': '<others.lists.example>',
  'List-Post': '<mailto:others@lists.example>',
  'In-Reply-To': '<2@lists.example>',
});

interface Report {
  undone: number;
  restored: Record<string, number>;
  drifted: { total: number; examples: { what: string; reason: string }[] };
  conflicts: { total: number; examples: { what: string; reason: string }[] };
}

const taskOf = (id: string) => mailbox.database.read((db) => db(Task).findById(id).throwIfNotFound());
const reportOf = async (id: string) => (await continuationOf(mailbox, id))?.result as Report;
const actions = () => mailbox.database.read((db) => db(Action).orderBy('id'));
const mailOf = (key: string) => mailbox.database.read((db) => db(Mail).findOne({ store_key: key }).throwIfNotFound());
const begin = (name: string, payload: object = {}) =>
  enqueue(mailbox, name, { mailboxId: mailbox.mailboxId, ...payload });

/** Runs a task and all that follows from it. */
async function run(name: string, payload: object = {}) {
  const id = await begin(name, payload);
  await work(mailbox);
  return { id, task: await taskOf(id), report: await reportOf(id) };
}
const undoOf = (selector: object) => run('undo', selector);

/** Puts mails into the inbox and has them filed; returns the run. */
async function filed(mails: Record<string, string>): Promise<string> {
  for (const [key, content] of Object.entries(mails)) mailbox.put(key, content);
  const { id } = await run('background_sort');
  expect(mailbox.files('.Forums')).toEqual(expect.arrayContaining(Object.keys(mails)));
  return id;
}

describe('what is undone', () => {
  test('one mail, of which the move was the newest', async () => {
    await filed({ one: fromList, other: fromList });
    const { id, task, report } = await undoOf({ mailId: (await mailOf('one')).id });
    expect(task.result).toMatchObject({ planned: 1, alreadyUndone: 0, underWay: 0 });
    expect(report).toMatchObject({ runId: id, undone: 1, restored: { INBOX: 1 }, drifted: { total: 0 } });
    expect([mailbox.files(), mailbox.files('.Forums')]).toEqual([['one'], ['other']]);
    expect((await mailOf('one')).folder).toBe('INBOX');
    const [first, , reverse] = await actions();
    expect((await actions()).map(({ state }) => state)).toEqual(['undone', 'done', 'done']);
    expect(reverse).toMatchObject({
      ...{ undoes: first?.id, run_id: id, from_folder: 'Forums', to_folder: 'INBOX' },
      prior: { key: 'one', folder: 'Forums' },
    });
  });

  test('all of a sender, however the address is written', async () => {
    await filed({ one: fromList, two: fromShop, three: fromShop });
    const { report } = await undoOf({ from: ' OTHER@lists.example ' });
    expect(report).toMatchObject({ undone: 2 });
    expect([mailbox.files().sort(), mailbox.files('.Forums')]).toEqual([['three', 'two'], ['one']]);
  });

  test('all of a run, and of no other', async () => {
    await filed({ one: fromList });
    const second = await filed({ two: fromList, three: fromList });
    expect((await undoOf({ runId: second })).report).toMatchObject({ undone: 2, restored: { INBOX: 2 } });
    expect([mailbox.files().sort(), mailbox.files('.Forums')]).toEqual([['three', 'two'], ['one']]);
  });

  test.each(['the run that applied it', 'the dry run'])('a plan, by %s', async (by) => {
    mailbox.put('one', fromList);
    const dry = await run('background_sort', { dryRun: true });
    const applied = await run('apply_plan', { runId: dry.id });
    expect(mailbox.files('.Forums')).toEqual(['one']);
    await undoOf({ runId: by === 'the dry run' ? dry.id : applied.id });
    expect([mailbox.files(), mailbox.files('.Forums')]).toEqual([['one'], []]);
  });

  test('not what was only proposed', async () => {
    mailbox.put('one', fromList);
    const { id } = await run('background_sort', { dryRun: true });
    expect((await undoOf({ runId: id })).task.result).toMatchObject({ planned: 0, alreadyUndone: 0 });
    expect((await actions()).map(({ state }) => state)).toEqual(['proposed']);
  });
});

test('what is undone is not filed again', async () => {
  const runId = await filed({ one: fromList });
  await undoOf({ runId });
  const again = await run('background_sort');
  expect(again.task.result).toMatchObject({ found: 1, fresh: 0 });
  expect([mailbox.files(), (await mailOf('one')).folder]).toEqual([['one'], 'INBOX']);
});

test('undoing twice does nothing the second time, also when the mail has been filed by hand in between', async () => {
  const runId = await filed({ one: fromList, two: fromList });
  await undoOf({ runId });
  mailbox.moveFile('two', '', '.Forums');
  const { task, report } = await undoOf({ runId });
  expect(task.result).toMatchObject({ planned: 0, alreadyUndone: 2 });
  expect(report).toMatchObject({ undone: 0, alreadyUndone: 2, drifted: { total: 0 } });
  expect([mailbox.files(), mailbox.files('.Forums')]).toEqual([['one'], ['two']]);
  expect(await actions()).toHaveLength(4);
});

test.each(['mailId', 'from'])('undoing twice by %s does nothing the second time either', async (by) => {
  await filed({ one: fromList });
  const selector = by === 'mailId' ? { mailId: (await mailOf('one')).id } : { from: 'linus@example.org' };
  await undoOf(selector);
  expect((await undoOf(selector)).task.result).toMatchObject({ planned: 0, alreadyUndone: 1 });
  expect(mailbox.files()).toEqual(['one']);
});

test('a run is undone once it has ended, with all that it has moved', async () => {
  mailbox.put('one', fromList);
  const sorting = await begin('background_sort');
  const undoing = await begin('undo', { runId: sorting });
  await work(mailbox);
  expect(await taskOf(undoing)).toMatchObject({ state: 'queued' });
  expect(mailbox.files('.Forums')).toEqual(['one']);
  await work(mailbox);
  expect(mailbox.files()).toEqual(['one']);
});

describe('what somebody else has done since is left alone', () => {
  test('moved or deleted: it is reported with where it is', async () => {
    const runId = await filed({ kept: fromList, moved: fromList, deleted: fromShop });
    mailbox.moveFile('moved', '.Forums', '.Mine');
    rmSync(`${mailbox.path}/.Forums/cur/deleted:2,S`);
    const { report } = await undoOf({ runId });
    expect(report).toMatchObject({ undone: 1, drifted: { total: 2 } });
    expect(new Set(report.drifted.examples)).toEqual(
      new Set([
        {
          what: '"Re: [PATCH] mm: fix the linux kernel" from linus@example.org',
          reason: 'moved since by somebody else: it is in Mine',
        },
        {
          what: '"Re: [others] what of it" from other@lists.example',
          reason: 'deleted since by somebody else: it is nowhere in the mailbox',
        },
      ]),
    );
    expect([mailbox.files(), mailbox.files('.Mine')]).toEqual([['kept'], ['moved']]);
    expect((await mailOf('moved')).folder).toBe('Mine');
  });

  test('one that has come back to where it was filed can be undone then', async () => {
    const runId = await filed({ one: fromList });
    mailbox.moveFile('one', '.Forums', '.Mine');
    await undoOf({ runId });
    mailbox.moveFile('one', '.Mine', '.Forums');
    expect((await undoOf({ runId })).report).toMatchObject({ undone: 1, alreadyUndone: 0 });
    expect(mailbox.files()).toEqual(['one']);
  });

  test('put back by hand: there is nothing to move, and it counts as undone', async () => {
    const runId = await filed({ one: fromList });
    mailbox.moveFile('one', '.Forums', '');
    expect((await undoOf({ runId })).report).toMatchObject({ undone: 1, drifted: { total: 0 } });
    expect((await mailOf('one')).folder).toBe('INBOX');
  });

  test('its newer flags stay', async () => {
    const runId = await filed({ one: fromList });
    mailbox.moveFile('one', '.Forums', '.Forums', 'FRS');
    await undoOf({ runId });
    expect(mailbox.fileNames()).toEqual(['one:2,FRS']);
  });

  test('another mail of its name in the inbox is not overwritten', async () => {
    const runId = await filed({ one: fromList });
    mailbox.put('one', 'Subject: another\n\nanother\n');
    const { report } = await undoOf({ runId });
    expect(report).toMatchObject({ undone: 0, conflicts: { total: 1 } });
    expect(report.conflicts.examples[0]?.reason).toContain('INBOX already holds another mail');
    expect([mailbox.files(), mailbox.files('.Forums')]).toEqual([['one'], ['one']]);
    expect((await actions()).map(({ state }) => state)).toEqual(['done', 'failed']);
  });
});

describe('when things go wrong', () => {
  test('mails put back by a transaction that was lost are found there and counted', async () => {
    const runId = await filed({ one: fromList, two: fromList });
    const undoing = await begin('undo', { runId });
    const lost = ({ name }: Task) => {
      if (name === 'apply_actions') throw new Error('the connection was lost');
    };
    await work(mailbox, { beforeCommit: lost });
    // Its first attempt has moved them, and nothing of that is written.
    expect(mailbox.files().sort()).toEqual(['one', 'two']);
    expect((await actions()).map(({ state }) => state)).toEqual(['done', 'done', 'planned', 'planned']);
    expect(await reportOf(undoing)).toMatchObject({ undone: 0, failed: { total: 1 } });

    const { task, report } = await undoOf({ runId });
    expect(task.result).toMatchObject({ planned: 2, alreadyUndone: 0, underWay: 0 });
    expect(report).toMatchObject({ undone: 2, restored: { INBOX: 2 } });
    expect((await actions()).map(({ state }) => state)).toEqual(['undone', 'undone', 'done', 'done']);
    expect(mailbox.files().sort()).toEqual(['one', 'two']);
  });

  test('of two undos at once one moves, and both say so', async () => {
    const runId = await filed({ one: fromList, two: fromList });
    const mailId = (await mailOf('one')).id;
    // Both in their transactions at once: one waits for the other's locks.
    const planned = await Promise.all([mailbox.run(undo, { runId }), mailbox.run(undo, { mailId })]);
    const [ofRun, ofMail] = planned.map(({ result }) => result);
    expect((ofRun?.planned ?? 0) + (ofMail?.planned ?? 0)).toBe(2);
    expect((ofRun?.underWay ?? 0) + (ofMail?.underWay ?? 0)).toBe(1);
    await work(mailbox);
    expect(mailbox.files().sort()).toEqual(['one', 'two']);
    expect((await actions()).map(({ state }) => state)).toEqual(['undone', 'undone', 'done', 'done']);
  });

  test.each([
    ['a mail that is none', 'MAIL_UNKNOWN', { mailId: newId() }],
    ['a run that is none', 'RUN_UNKNOWN', { runId: newId() }],
    ['a mailbox that is none', 'MAILBOX_UNKNOWN', { mailboxId: newId(), from: 'a@b.example' }],
  ])('%s is refused', async (_what, code, selector) => {
    expect((await undoOf(selector)).task).toMatchObject({ state: 'failed', error: { code } });
  });

  test('an undo is no run that could be undone', async () => {
    const { id } = await undoOf({ runId: await filed({ one: fromList }) });
    expect((await undoOf({ runId: id })).task).toMatchObject({ error: { code: 'RUN_UNKNOWN' } });
    expect(mailbox.files()).toEqual(['one']);
  });

  test.each([[{}], [{ mailId: newId(), from: 'a@b.example' }], [{ from: ' ' }]])(
    'a selector of %j is refused',
    async (selector) => {
      await expect(begin('undo', selector)).rejects.toMatchObject({ code: 'PAYLOAD_INVALID' });
    },
  );

  test('the same selector has one key, and others have others', () => {
    const mailboxId = newId();
    const parse = (selector: object) => undo.payload.parse({ mailboxId, ...selector });
    const keyOf = (selector: object) => undo.unique?.(parse(selector));
    expect(keyOf({ from: 'A@b.example' })).toBe(keyOf({ from: 'a@b.example' }));
    const runId = newId();
    expect(new Set([keyOf({ from: 'a@b.example' }), keyOf({ runId }), keyOf({ mailId: runId })]).size).toBe(3);
  });
});
