// Decides what a mail is, from its header and its words alone. Independent rules, each about one aspect, give weighted
// evidence for and against categories; `decide` draws the conclusion.
import type { ParsedMail } from '../parse/parsed-mail';
import { decide } from './decide';
import type { Rule } from './evidence';
import { viewMail } from './mail-view';
import { contentRules } from './rules/content';
import { listRules } from './rules/lists';
import { machineRules } from './rules/machines';
import { moneyRules } from './rules/money';
import { peopleRules } from './rules/people';
import { senderRules } from './rules/sender';
import { subjectRules } from './rules/subject';
import { transportRules } from './rules/transport';
import type { Knowledge, Verdict } from './verdict';

const rules: readonly Rule[] = [
  ...listRules,
  ...machineRules,
  ...moneyRules,
  ...peopleRules,
  ...senderRules,
  ...transportRules,
  ...subjectRules,
  ...contentRules,
];

/** The category of a mail, how sure that is, and why. The same mail and knowledge always give the same verdict. */
export function classify(mail: ParsedMail, knowledge: Knowledge): Verdict {
  const view = viewMail(mail, knowledge);
  return decide(
    rules.flatMap((rule) => rule(view) ?? []),
    mail.problems,
  );
}
