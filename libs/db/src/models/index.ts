import { AuditEntry, Session } from './access';
import { Account, Token } from './account';
import { Action, Correspondent, Mail, Mailbox, MailIndex, MailText, Verdict } from './mail';
import { PersonKey, PersonName } from './person';
import { RateLimit, Schedule } from './schedule';
import { Recording, Search } from './search';
import { Batch, Task, TaskAttempt } from './task';

/** Every model of this build: what the schema gate verifies. */
export const models = [
  Account,
  Token,
  Task,
  TaskAttempt,
  Batch,
  Mailbox,
  Correspondent,
  Mail,
  MailText,
  MailIndex,
  Verdict,
  Action,
  PersonName,
  PersonKey,
  Schedule,
  RateLimit,
  Recording,
  Search,
  Session,
  AuditEntry,
] as const;

export {
  Account,
  Token,
  Action,
  Correspondent,
  Mail,
  Mailbox,
  MailText,
  MailIndex,
  Verdict,
  PersonName,
  PersonKey,
  Batch,
  Task,
  TaskAttempt,
  Schedule,
  RateLimit,
  Recording,
  Search,
  Session,
  AuditEntry,
};
