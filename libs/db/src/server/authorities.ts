import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A file of certificates that cannot be used. */
export class AuthoritiesError extends Error {
  readonly code = 'CA_FILE_UNREADABLE';
  readonly retryable = false;

  constructor(variable: string, path: string, options: ErrorOptions) {
    const { cause } = options;
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${variable} must name a file that holds certificates as PEM, and ${path} does not: ${reason}`, options);
    this.name = 'AuthoritiesError';
  }
}

/**
 * Reads the certificates of who may have signed a server's.
 *
 * @param variable what names the file, for the error
 * @returns as PEM
 * @throws AuthoritiesError CA_FILE_UNREADABLE
 */
export function readAuthorities(variable: string, path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    // Node takes what holds no certificate for a list of none, and then believes nobody without saying why.
    new X509Certificate(pem);
    return pem;
  } catch (cause) {
    throw new AuthoritiesError(variable, path, { cause });
  }
}
