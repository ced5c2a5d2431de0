/** Every way in which reading or changing a mailbox can fail; the code is stable and meant for programs. */
export type MailErrorCode =
  | 'MAILBOX_NOT_FOUND'
  | 'MAILBOX_FORBIDDEN'
  | 'MAILBOX_OUTSIDE_ROOT'
  | 'NOT_A_MAILDIR'
  | 'CURSOR_INVALID'
  | 'MAIL_REF_INVALID'
  | 'MAIL_GONE'
  | 'MAIL_TOO_LARGE'
  | 'MAIL_UNREADABLE'
  | 'MAIL_BUSY'
  | 'MOVE_IMPOSSIBLE'
  | 'FOLDER_NAME_INVALID';

/** An error of a mailbox or of one of its mails: `code` for programs, `message` says what is wrong and what to do. */
export class MailError extends Error {
  override readonly name = 'MailError';

  /** Whether the same could go well another time, without anybody mending the mailbox. */
  get retryable(): boolean {
    return this.code === 'MAIL_BUSY';
  }

  constructor(
    readonly code: MailErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
