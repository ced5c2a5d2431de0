import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new secret of 192 random bits, stored nowhere. @param prefix says what it is to who finds it. */
export const newSecret = (prefix: string): string => `${prefix}_${randomBytes(24).toString('base64url')}`;

/** How a secret is stored and looked up: SHA-256 in hex. */
export const secretHash = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** Compares two texts in a time that tells nothing of where they differ. */
export function sameText(a: string, b: string): boolean {
  // Digests have one length whatever the texts have.
  const [x, y] = [a, b].map((text) => createHash('sha256').update(text).digest()) as [Buffer, Buffer];
  return timingSafeEqual(x, y);
}
