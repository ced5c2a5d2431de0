/** A law for any order of things: we lose no mail, and move none that somebody else has put elsewhere. */
import { rmSync } from 'node:fs';
import { Mail } from '@sorting-office/db';
import fc from 'fast-check';
import { fromList, openMailbox, type TestMailbox } from './testing/mailbox';
import { enqueue, work } from './testing/worker';

const keys = ['a', 'b', 'c'] as const;
type Key = (typeof keys)[number];

/** Where each mail is: '' is the inbox, null is nowhere. Other folders than .Forums are somebody else's doing. */
type Places = Record<Key, string | null>;

const key = fc.constantFrom(...keys);
/** Weighted so that in most sequences we want to move what somebody else has moved. */
const step = fc.oneof(
  { weight: 1, arbitrary: fc.record({ what: fc.constant('put' as const), key }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('sort' as const), dryRun: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('apply' as const), run: fc.nat(1) }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constant('undo run' as const), run: fc.nat(1), lost: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('undo mail' as const), key }) },
  {
    weight: 5,
    arbitrary: fc.record({ what: fc.constant('move' as const), key, to: fc.constantFrom('', '.Mine', '.Mine') }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('delete' as const), key }) },
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function placesIn(mailbox: TestMailbox): Places {
  const places: Places = { a: null, b: null, c: null };
  for (const folder of ['', '.Forums', '.Mine'])
    for (const file of mailbox.files(folder)) {
      const key = file as Key;
      if (places[key] !== null) throw new Error(`${key} is in two folders`);
      places[key] = folder;
    }
  return places;
}

/** Does what is ours to do; returns a run to undo or to apply later. */
async function ours(mailbox: TestMailbox, one: Step, runs: readonly string[]): Promise<string | null> {
  const begin = async (name: string, payload: object) => {
    const id = await enqueue(mailbox, name, { mailboxId: mailbox.mailboxId, ...payload });
    let lost = one.what === 'undo run' && one.lost;
    await work(mailbox, {
      beforeCommit: (task) => {
        if (!lost || task.name !== 'apply_actions') return;
        lost = false;
        throw new Error('the connection was lost');
      },
    });
    return id;
  };
  switch (one.what) {
    case 'sort':
      return begin('background_sort', { dryRun: one.dryRun });
    case 'apply':
    case 'undo run': {
      const runId = runs[one.run];
      if (runId === undefined) return null;
      const id = await begin(one.what === 'apply' ? 'apply_plan' : 'undo', { runId });
      return one.what === 'apply' ? id : null;
    }
    case 'undo mail': {
      const mail = await mailbox.database.read((db) => db(Mail).findOne({ store_key: one.key }));
      if (mail) await begin('undo', { mailId: mail.id });
      return null;
    }
    default:
      return null;
  }
}

/** Does what somebody else does to the files, where it can be done. */
function theirs(mailbox: TestMailbox, one: Step, before: Places): void {
  if (!('key' in one) || one.what === 'undo mail') return;
  const place = before[one.key];
  if (one.what === 'put' && place === null) mailbox.put(one.key, fromList);
  else if (one.what === 'move' && place !== null) mailbox.moveFile(one.key, place, one.to);
  else if (one.what === 'delete' && place !== null)
    rmSync(`${mailbox.path}/${place}/cur/${one.key}:2,S`.replace('//', '/'));
}

test('whatever is applied, undone, moved and deleted in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.boolean(), fc.array(step, { minLength: 4, maxLength: 12 }), async (dryRun, steps) => {
      const mailbox = await openMailbox();
      try {
        for (const folder of ['.Forums', '.Mine']) {
          mailbox.put('made', fromList, folder);
          rmSync(`${mailbox.path}/${folder}/cur/made:2,S`);
        }
        const runs: string[] = [];
        for (const key of keys) mailbox.put(key, fromList);
        for (const one of [{ what: 'sort' as const, dryRun }, ...steps]) {
          theirs(mailbox, one, placesIn(mailbox));
          const before = placesIn(mailbox);
          const run = await ours(mailbox, one, runs);
          if (run !== null) runs.push(run);
          const after = placesIn(mailbox);
          for (const key of keys) {
            const isUndo = one.what.startsWith('undo');
            const [from, to] = isUndo ? ['.Forums', ''] : ['', '.Forums'];
            // We take a mail only from where it is expected, to where it belongs; what is gone or elsewhere stays so.
            expect([before[key], before[key] === from ? to : before[key]]).toContain(after[key]);
          }
        }
      } finally {
        await mailbox.close();
      }
    }),
    // Sequences are short, and each takes a second: finding a shorter one that fails would take minutes.
    { numRuns: 12, endOnFailure: true },
  );
}, 240_000);
