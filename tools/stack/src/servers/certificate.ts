import { join } from 'node:path';
import type { User } from '../process/user';
import { writeOwned } from './owned-file';

/** What a server proves itself with; each as PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
  /** Who signed it. */
  readonly authority: string;
}

/** The files of a server's certificate. */
export interface CertificateFiles {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

/** Writes a server's certificate where only it can read it. */
export function writeCertificate(folder: string, parts: Certificate, user: User | undefined): CertificateFiles {
  const files = {
    certificate: join(folder, 'certificate.pem'),
    key: join(folder, 'key.pem'),
    authority: join(folder, 'authority.pem'),
  };
  for (const part of ['certificate', 'key', 'authority'] as const) writeOwned(files[part], parts[part], user);
  return files;
}
