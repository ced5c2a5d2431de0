/** What several commands say in the same way. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Outcome, Session } from '../session';

/** Runs a command's work in a session, prints what it ends with, and sets the exit code. */
export type Perform = (command: Command, run: (session: Session) => Promise<Outcome>) => Promise<void>;

export const json = () => new Option('--json', 'print one JSON document, and nothing else, on stdout');

export const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < least || number > most)
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  return number;
};

export const shortText = (text: string) => {
  if (text.trim() === '' || text.length > 190) throw new InvalidArgumentError('It must be 1 to 190 characters long.');
  return text;
};

/** A moment, as ISO 8601 with its zone; without one it is on the user's own clock. */
export const moment = (text: string) => {
  const at = new Date(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
  if (!/^\d{4}-\d\d-\d\d/.test(text) || Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It must be a moment such as 2025-03-01, 2025-03-01T14:30 or 2025-03-01T14:30:00Z.');
  return at.toISOString();
};

export const jsonValue = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError(`It must be JSON: ${(error as SyntaxError).message}.`);
  }
};
