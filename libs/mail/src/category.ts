// The eleven categories every mail falls into, and the folder that each of them is filed in unless a mailbox says
// otherwise.
import { z } from 'zod';

/** The categories, the ones that need the owner's attention first. */
export const categories = [
  'action_required',
  'important',
  'personal',
  'newsletter',
  'promotion',
  'social',
  'forum',
  'notification',
  'receipt',
  'spam',
  'review',
] as const;

export const categorySchema = z.enum(categories);
export type Category = z.infer<typeof categorySchema>;

/** What each category means, in a sentence for the mailbox's owner. */
export const categoryMeanings: Readonly<Record<Category, string>> = {
  action_required: 'Somebody waits for something from you: an answer, a payment, a decision by a date.',
  important: 'You should see it soon, although nobody asks you for anything: it is urgent, or about your safety.',
  personal: 'A person wrote to you, and not to a list.',
  newsletter: 'An issue of a publication that you receive regularly.',
  promotion: 'Advertising of a shop or company that you can unsubscribe from.',
  social: 'News from a social network: friend requests, mentions, comments, likes.',
  forum: 'A mail that a member wrote to a mailing list or discussion group.',
  notification: 'A machine reports: builds, trackers, calendars, sign-in codes, bounces.',
  receipt: 'Proof of something bought or booked: orders, invoices, tickets, deliveries.',
  spam: 'Unwanted mail from somebody you do not know, or a fraud.',
  review: 'Not clear, or not fully readable: it stays where it is, and you decide.',
};

/** The folder each category is filed in by default; null means that the mail stays where it is. */
export const defaultFolders: Readonly<Record<Category, string | null>> = {
  action_required: null,
  important: null,
  personal: null,
  newsletter: 'Newsletters',
  promotion: 'Promotions',
  social: 'Social',
  forum: 'Forums',
  notification: 'Notifications',
  receipt: 'Receipts',
  spam: 'Spam',
  review: null,
};
