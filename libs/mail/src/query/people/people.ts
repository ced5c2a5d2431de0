// Who wrote a mail, and to whom.
//
//     from Ivan and Maria     what did Ivan write     Ivan's emails     emails Ivan sent me      senders
//     to Maria                I sent Maria            я писав Марії     листи Олені              recipients
import type { Rule } from '../grammar/rule';
import { awaited, lettersOf, sentBySomebody } from './either';
import { iWrote, toSomebody } from './recipients';
import {
  didWrite,
  fromDomain,
  fromSomebody,
  fromSomewhere,
  kindOf,
  owner,
  whereSomebody,
  whoever,
  wroteSomebody,
  wroteThem,
} from './senders';

/** The most telling come first. */
export const peopleRules: readonly Rule[] = [
  whoever,
  iWrote,
  didWrite,
  fromDomain,
  fromSomebody,
  fromSomewhere,
  owner,
  toSomebody,
  sentBySomebody,
  lettersOf,
  kindOf,
  wroteThem,
  wroteSomebody,
  whereSomebody,
  awaited,
];
