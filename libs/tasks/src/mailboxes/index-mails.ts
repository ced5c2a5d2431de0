// Makes mails findable: by their tokens, by date and states, and by the people whom they are from and to.
import { MailIndex, type UnitOfWork } from '@sorting-office/db';
import { IndexTokens } from '@sorting-office/mail';
import { recordPeople } from './people';

/** In which way mails are indexed. Another way needs another number: mails with a lower one are indexed again. */
export const indexVersion = 1;

interface Somebody {
  readonly name: string;
  /** Lower case. */
  readonly address: string;
}

/** A stored mail, as far as it is found by it. */
export interface IndexableMail {
  readonly id: string;
  readonly from: Somebody | null;
  /** Whom it is to, copies included. */
  readonly recipients: readonly Somebody[];
  readonly subject: string;
  /** Folded; see `searchTokens`. */
  readonly words: string;
  /** Null when it does not say. */
  readonly sentAt: Date | null;
  /** When it was first seen. */
  readonly seenAt: Date;
  /** As Maildir has them. */
  readonly flags: string;
  readonly hasAttachment: boolean;
  readonly category: string | null;
}

/** The states that flags say. */
export const statesOf = (flags: string) => ({ unread: !flags.includes('S'), flagged: flags.includes('F') });

/** Indexes mails that are not indexed yet, and whose rows are written in this unit of work. The caller notes `indexVersion`. */
export async function indexMails(db: UnitOfWork, mailboxId: string, mails: readonly IndexableMail[]): Promise<void> {
  const tokens = new IndexTokens(mailboxId);
  const rows = mails.map(({ id, from, recipients, subject, words, sentAt, seenAt, flags, hasAttachment, category }) => {
    const { head, all } = tokens.ofMail({
      words,
      subject,
      from: from ? [from.address] : [],
      to: recipients.map(({ address }) => address),
      sentAt: sentAt ?? seenAt,
    });
    return {
      mail_id: id,
      mailbox_id: mailboxId,
      sent_at: sentAt ?? seenAt,
      ...statesOf(flags),
      has_attachment: hasAttachment,
      category,
      head_tokens: head,
      tokens: all,
    };
  });
  await db.insertAll(MailIndex, rows);
  await recordPeople(
    db,
    mailboxId,
    mails.map(({ from, recipients }) => ({ from, to: recipients, cc: [] })),
  );
}
