// A mailbox of any size, made from the sample mails: their texts with other senders, dates and states, some Ukrainian ones among them,
// and words of known frequency. It is the same in each run.
import { Account, type Database, Mail, Mailbox, MailText, newId, Verdict } from '@sorting-office/db';
import { categories, foldText, parseMail } from '@sorting-office/mail';
import { corpus } from '@sorting-office/stack';
import { type IndexableMail, indexMails, indexVersion } from '@sorting-office/tasks/search';
import { randomNumbers } from './random';
import { ukrainianMails } from './ukrainian';

/** Words that one mail in so many has. */
export const markers = { everytenth: 10, everyhundredth: 100, everythousandth: 1000, everytenthousandth: 10_000 };

/** People who write; the first of them write most. */
const senders = 3000;
const years = 8;
/** Mails written in one transaction. */
const portion = 500;
const bodyKept = 16_384;

interface Text {
  subject: string;
  text: string;
}

interface MailboxOptions {
  /** The account that it is to belong to; default: a new one. */
  owner?: string;
  /** Characters of a sample's text that are taken; default: as many as a mail is found by. */
  textLength?: number;
  onProgress?: (written: number) => void;
}

/** Writes so many mails into a new mailbox, and returns the mailbox's id. */
export async function makeMailbox(
  database: Database,
  mails: number,
  { owner, textLength = 65_536, onProgress = () => undefined }: MailboxOptions = {},
): Promise<string> {
  const [accountId, mailboxId] = [owner ?? newId(), newId()];
  await database.transaction(async (db) => {
    if (owner === undefined) await db(Account).insert({ id: accountId, name: `bench ${accountId}` });
    const mailbox = {
      id: mailboxId,
      account_id: accountId,
      name: 'bench',
      kind: 'maildir' as const,
      location: '/bench',
    };
    await db(Mailbox).insert({ ...mailbox, addresses: ['me@example.org'], folders: {}, scan_cursor: null });
  });
  const texts = await sampleTexts(mails, textLength);
  const random = randomNumbers(1);
  const newest = Date.now();
  for (let from = 0; from < mails; from += portion) {
    const numbers = Array.from({ length: Math.min(portion, mails - from) }, (_, n) => from + n);
    const made = numbers.map((n) => makeMail(n, texts, random, newest));
    await write(database, { accountId, mailboxId }, made);
    onProgress(from + made.length);
  }
  return mailboxId;
}

type MadeMail = IndexableMail & { text: string; from: { name: string; address: string } };

/** The texts of as many sample mails as it takes, with the Ukrainian ones among them. */
async function sampleTexts(mails: number, length: number): Promise<Text[]> {
  const texts: Text[] = [];
  for (const sample of corpus().slice(0, mails)) {
    const { subject, text } = await parseMail(sample.read());
    texts.push({ subject, text: text.slice(0, length) });
  }
  return texts;
}

function makeMail(n: number, texts: readonly Text[], random: () => number, newest: number): MadeMail {
  // One in eight is Ukrainian; the others take the samples in turn.
  const sample = n % 8 === 7 ? ukrainianMails[n % ukrainianMails.length] : texts[(n * 7919) % texts.length];
  const { subject, text } = sample ?? { subject: '', text: '' };
  const marked = Object.entries(markers)
    .filter(([, every]) => n % every === every - 1)
    .map(([word]) => word);
  const from = person(Math.floor(senders * random() ** 3));
  const body = [text, ...marked].join('\n');
  return {
    id: newId(),
    from,
    recipients: [n % 20 === 0 ? person(Math.floor(senders * random())) : { name: 'Me', address: 'me@example.org' }],
    subject,
    text: body,
    words: foldText([from.name, from.address, subject, body].join('\n')),
    sentAt: new Date(newest - Math.floor(random() * years * 365 * 86_400) * 1000),
    seenAt: new Date(newest),
    flags: `${random() < 0.02 ? 'F' : ''}${random() < 0.9 ? 'S' : ''}`,
    hasAttachment: random() < 0.15,
    category: categories[Math.floor(categories.length * random() ** 2)] ?? null,
  };
}

const given = ['Ivan', 'Maria', 'Олена', 'Петро', 'Andriy', 'Катерина', 'John', 'Susan', 'Олександр', 'Linda', 'Юлія'];
const family = ['Petrenko', 'Шевченко', 'Smith', 'Коваль', 'Miller', 'Бондаренко', 'Jones', 'Ткаченко', 'Lysenko'];

/** The same number is the same person. */
function person(n: number): { name: string; address: string } {
  const name = `${given[n % given.length] ?? ''} ${family[n % family.length] ?? ''}${n < 99 ? '' : ` ${n}`}`;
  return { name, address: `person${n}@host${n % 40}.example.org` };
}

async function write(
  database: Database,
  { accountId, mailboxId }: { accountId: string; mailboxId: string },
  mails: readonly MadeMail[],
): Promise<void> {
  const owned = { account_id: accountId, mailbox_id: mailboxId };
  await database.transaction(async (db) => {
    await db.insertAll(
      Mail,
      mails.map(({ id, from, recipients, subject, text, sentAt, flags }) => ({
        ...owned,
        ...{
          id,
          store_key: id,
          folder: 'INBOX',
          flags,
          message_id: null,
          from_name: from.name,
          from_address: from.address,
        },
        ...{ recipients: [...recipients], subject: subject.slice(0, 998), snippet: text.slice(0, 255).toWellFormed() },
        ...{ sent_at: sentAt, size: text.length, attachments: [], problems: [], index_version: indexVersion },
      })),
    );
    await db.insertAll(
      MailText,
      mails.map(({ id, words, text }) => ({
        ...{ mail_id: id, mailbox_id: mailboxId, words },
        body: text.slice(0, bodyKept).toWellFormed(),
      })),
    );
    await db.insertAll(
      Verdict,
      mails.map(({ id, category }) => ({
        ...owned,
        ...{ mail_id: id, run_id: mailboxId, category: category ?? 'review', confidence: 1, reasons: [] },
      })),
    );
    await indexMails(db, mailboxId, mails);
  });
}
