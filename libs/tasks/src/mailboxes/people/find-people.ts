/**
 * Finds whom somebody means: a name in any case and alphabet, a nickname, a company, an address, a domain, or themselves.
 *
 * ```
 *   said --> "me" -----------> the owner's addresses
 *        --> an address -----> that one
 *        --> a domain -------> everybody there
 *        --> a name ---------> by its keys; if nobody answers to it, by what it sounds like
 * ```
 */
import { Mailbox, type UnitOfWork } from '@sorting-office/db';
import {
  answers,
  exactLookups,
  foldText,
  isSurer,
  matchPerson,
  nearLookups,
  type PersonMatch,
  readSaidName,
} from '@sorting-office/mail';
import type { MeantPeople, Person } from '../wanted-mails';
import { type Candidate, findAtDomain, findCandidates, readCandidates } from './candidates';
import { countMails } from './count-mails';

/** Candidates that are offered for a name. Everybody at a domain is meant, and not one of them. */
const peopleOffered = 8;
/** UTF-16 units of what is said that are looked at; an address has 320. */
const saidRead = 400;

const OWNER = new Set('me myself i мене мені мною я собі себе собою меня мне мной'.split(' '));
const ADDRESS = /^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/;
const DOMAIN = /^@?((?:[\p{L}\p{N}-]+\.)+[\p{L}-]{2,})$/u;

/**
 * Finds everybody in a mailbox whom a name may mean, the likeliest first: by how well they answer to it, how many mails there
 * are from them, and whether the owner has written to them. Somebody who answers less surely is only offered when nobody
 * answers better (see `answers`).
 *
 * Three statements for a name: keys, people, counts. One more when more than 50 people bear it, and up to three more when nobody
 * does. All go by index, see `findCandidates` and `countMails`.
 *
 * @param mailboxId of a mailbox that the caller has found to be theirs.
 * @returns at most eight people, or fifty for a domain; none when nobody is meant.
 */
export async function findPeople(db: UnitOfWork, mailboxId: string, said: string): Promise<MeantPeople> {
  const text = said.trim().slice(0, saidRead).toLowerCase();
  if (OWNER.has(foldText(text))) return { said, people: await findOwner(db, mailboxId) };
  if (ADDRESS.test(text)) return { said, people: await findAddress(db, mailboxId, text) };
  const domain = DOMAIN.exec(text)?.[1];
  if (domain !== undefined) {
    const there = await rank(db, mailboxId, (await findAtDomain(db, mailboxId, domain)).map(sure));
    if (there.length > 0) return { said, people: there };
  }
  const meant = await findByName(db, mailboxId, text);
  return { said, people: (await rank(db, mailboxId, meant)).slice(0, peopleOffered) };
}

interface Meant {
  person: Candidate;
  match: PersonMatch;
}

const sure = (person: Candidate): Meant => ({ person, match: { answer: 'name', score: 1 } });

const stranger = (address: string): Candidate => ({ address, names: [], writtenTo: false });

async function findOwner(db: UnitOfWork, mailboxId: string): Promise<Person[]> {
  const addresses = (await db(Mailbox).select('addresses').findById(mailboxId))?.addresses ?? [];
  const known = await readCandidates(db, mailboxId, addresses);
  const others = addresses.filter((address) => !known.some((person) => person.address === address));
  return rank(db, mailboxId, [...known, ...others.map(stranger)].map(sure));
}

async function findAddress(db: UnitOfWork, mailboxId: string, address: string): Promise<Person[]> {
  const known = await readCandidates(db, mailboxId, [address]);
  if (known.length > 0) return rank(db, mailboxId, known.map(sure));
  // Mails may be stored that nobody has been recorded of.
  return (await rank(db, mailboxId, [sure(stranger(address))])).filter(({ mails }) => mails > 0);
}

async function findByName(db: UnitOfWork, mailboxId: string, said: string): Promise<Meant[]> {
  const name = readSaidName(said);
  const judge = (candidates: readonly Candidate[]): Meant[] =>
    candidates.flatMap((person) => {
      const match = matchPerson(name, person);
      return match ? [{ person, match }] : [];
    });
  const meant = surest(judge(await findCandidates(db, mailboxId, exactLookups(name), 'all')));
  if (meant[0]?.match.answer === 'name' || meant[0]?.match.answer === 'organisation') return meant;
  const near = surest(judge(await findCandidates(db, mailboxId, nearLookups(name), 'some')));
  return near.length > 0 ? near : meant;
}

/** Those who answer in the surest way that anybody does, the best first. */
function surest(meant: readonly Meant[]): Meant[] {
  const answer = answers.find((one) => meant.some(({ match }) => match.answer === one));
  return meant
    .filter(({ match }) => match.answer === answer)
    .sort((one, other) => (isSurer(one.match, other.match) ? -1 : isSurer(other.match, one.match) ? 1 : 0));
}

/** What a tenfold number of mails is worth, and that the owner has written to somebody, in steps of the score. */
const worth = { tenfold: 0.1, writtenTo: 0.1 };

async function rank(db: UnitOfWork, mailboxId: string, meant: readonly Meant[]): Promise<Person[]> {
  const counts = await countMails(
    db,
    mailboxId,
    meant.map(({ person }) => person.address),
  );
  return meant
    .map(({ person: { address, names, writtenTo }, match: { score } }) => {
      const mails = counts.get(address) ?? 0;
      const rankOf = score + worth.tenfold * Math.log10(1 + mails) + (writtenTo ? worth.writtenTo : 0);
      return { rankOf, person: { address, name: shownName(names), mails } };
    })
    .sort((one, other) => other.rankOf - one.rankOf || (one.person.address < other.person.address ? -1 : 1))
    .map(({ person }) => person);
}

/** The longest name tells most; of several the first in the order of the alphabet, so that it stays the same. */
const shownName = (names: readonly string[]): string =>
  names.reduce(
    (longest, name) =>
      name.length > longest.length || (name.length === longest.length && name < longest) ? name : longest,
    '',
  );
