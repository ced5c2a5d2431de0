import { z } from 'zod';

/** What API and workers are told of mailboxes by their environment. */
export const mailboxConfig = z.object({
  /** The folder that mailboxes must be in, an absolute path; anywhere when it is not set, which is for a developer's own machine. */
  MAILBOX_ROOT: z.string().startsWith('/', 'must be an absolute path').nullable().default(null),
});
