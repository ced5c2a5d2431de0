import { categorySchema, defaultFolders } from '@sorting-office/mail';
import { resolve } from 'node:path';
import { z } from 'zod';

const folder = z.string().trim().min(1).max(255);

/** What it takes to connect a mailbox. Categories that are not mentioned go where they go by default. */
export const mailboxInput = z.object({
  name: z.string().trim().min(1).max(190).meta({ example: 'My mail' }),
  kind: z.literal('maildir').default('maildir'),
  path: z
    .string()
    .max(512)
    .startsWith('/', 'must be an absolute path')
    .refine((path) => !path.includes('\0'), 'must not hold a NUL')
    // One mailbox has one path, however it is written.
    .transform((path) => resolve(path))
    .meta({ description: 'The absolute path of a Maildir, as the workers see it', example: '/home/ivan/Maildir' }),
  addresses: z.array(z.email().toLowerCase()).max(100).default([]).meta({ description: 'The addresses of its owner' }),
  folders: z
    .partialRecord(categorySchema, folder.nullable())
    .default({})
    .transform((chosen) => ({ ...defaultFolders, ...chosen }))
    .meta({ description: 'Category to folder; null means that the mail stays where it is' }),
});
