import { z } from 'zod';
import { tableModel } from './table-model';

export const personNameRow = z.object({
  mailbox_id: z.uuid(),
  /** Lower case. */
  address: z.string().max(320),
  /** Empty for mails that give the address alone. */
  name: z.string().max(255),
});

/** A name that an address has come with, in mails from it or to it. An address without any has one row with an empty name. */
export class PersonName extends tableModel('people', personNameRow) {}

export const personKeyRow = z.object({
  mailbox_id: z.uuid(),
  /** What a word of a name, or a part of an address, sounds like. */
  name_key: z.string().max(40),
  address: z.string().max(320),
});

/** A key that an address is found by when somebody says a name. */
export class PersonKey extends tableModel('person_keys', personKeyRow) {}
