// What is known of a mail after reading it: plain JSON, every string valid Unicode without NUL and of bounded length,
// so that it can be stored as it is.

export interface MailAddress {
  /** As written by the sender, '' when there is none. */
  readonly name: string;
  /** In lower case. */
  readonly address: string;
}

export interface Attachment {
  readonly filename: string | null;
  /** In lower case, `application/pdf`. */
  readonly mimeType: string;
  /** Bytes, decoded. */
  readonly size: number;
}

/** What the HTML part of a mail contains besides its words. */
export interface HtmlTraits {
  /** Characters of the source. */
  readonly length: number;
  readonly links: number;
  /** Different hosts that links lead to, at most 50, in lower case. */
  readonly linkHosts: readonly string[];
  /**
   * Links whose text is the address of another host than the one they lead to: `text` shows, `host` is where one ends
   * up.
   */
  readonly deceptiveLinks: readonly { readonly text: string; readonly host: string }[];
  readonly images: number;
  readonly remoteImages: number;
  /** Remote images too small to be seen, which tell the sender that the mail was opened. */
  readonly trackingPixels: number;
  readonly forms: number;
}

export interface ParsedMail {
  /** Without angle brackets, as are those below. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  /** Oldest first, at most 100. */
  readonly references: readonly string[];
  readonly subject: string;
  readonly from: MailAddress | null;
  /** Each list holds at most 1,000 addresses. */
  readonly to: readonly MailAddress[];
  readonly cc: readonly MailAddress[];
  readonly replyTo: readonly MailAddress[];
  /** When it was sent, as its sender says: ISO 8601 in UTC; null when that is missing or nonsense. */
  readonly date: string | null;
  /** The words of the mail, from its HTML when it has no plain text. */
  readonly text: string;
  readonly textSource: 'plain' | 'html' | 'raw' | 'none';
  readonly textTruncated: boolean;
  /** The beginning of the text in one line, for lists of mails. */
  readonly snippet: string;
  readonly html: HtmlTraits | null;
  /** At most 100. */
  readonly attachments: readonly Attachment[];
  /** Header fields by name in lower case, each with its values in order; long ones are cut. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  /** Bytes of the raw mail. */
  readonly size: number;
  /** What could not be read, in words; such a mail is for its owner to look at. */
  readonly problems: readonly string[];
}

/** The first value of a header field, '' when the mail does not have it. */
export function headerOf(mail: Pick<ParsedMail, 'headers'>, name: string): string {
  return Object.hasOwn(mail.headers, name) ? (mail.headers[name]?.[0] ?? '') : '';
}

/** Whether a mail has a header field at all. */
export function hasHeader(mail: Pick<ParsedMail, 'headers'>, name: string): boolean {
  return Object.hasOwn(mail.headers, name);
}
