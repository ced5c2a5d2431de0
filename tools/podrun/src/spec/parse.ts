import type { z } from 'zod';
import { PodrunError } from '../errors';

/**
 * Reads a part of a manifest with a strict schema.
 *
 * @param place what it is, for messages: `Deployment office-api`
 * @throws PodrunError UNKNOWN_FIELD for a field that podrun neither acts on nor knows to be without effect,
 *   INVALID_MANIFEST for anything else; the message has the path, such as `spec.containers[0].stdin`
 */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, place: string): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    if (issue.code !== 'unrecognized_keys') continue;
    const fields = issue.keys.map((key) => pathOf([...issue.path, key])).join(', ');
    throw new PodrunError('UNKNOWN_FIELD', `${place}: podrun does not know ${fields}`);
  }
  const wrong = parsed.error.issues.map(({ path, message }) => `${pathOf(path)}: ${message}`).join('; ');
  throw new PodrunError('INVALID_MANIFEST', `${place}: ${wrong}`);
}

function pathOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${String(part)}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
}
