/** Certificates for tests, made by openssl. */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Certificate } from '@sorting-office/stack';

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

/** Who signs certificates, with its files in a folder. */
export class Authority {
  /** The certificate of itself, for who is to believe it. */
  readonly path: string;
  readonly #folder: string;
  readonly #name: string;

  constructor(folder: string, name: string) {
    this.#folder = folder;
    this.#name = name;
    this.path = this.#file('pem');
    openssl('req', '-x509', ...newKey, '-keyout', this.#file('key'), '-out', this.path, '-subj', `/CN=${name}`);
  }

  /** A server's certificate: for a name, and for two days unless it shall have ended already. */
  sign(host: string, { days = 2 }: { days?: number } = {}): Certificate {
    const [key, request, certificate, extensions] = ['s.key', 's.req', 's.pem', 's.ext'].map((end) =>
      this.#file(end),
    ) as [string, string, string, string];
    writeFileSync(extensions, `subjectAltName=DNS:${host}\nbasicConstraints=CA:FALSE\n`);
    openssl('req', '-new', ...newKey, '-keyout', key, '-out', request, '-subj', `/CN=${host}`);
    const by = ['-CA', this.path, '-CAkey', this.#file('key'), '-CAcreateserial'];
    openssl('x509', '-req', '-in', request, ...by, '-days', String(days), '-extfile', extensions, '-out', certificate);
    const [own, secret, authority] = [certificate, key, this.path].map((path) => readFileSync(path, 'utf8'));
    return { certificate: own ?? '', key: secret ?? '', authority: authority ?? '' };
  }

  #file(end: string): string {
    return join(this.#folder, `${this.#name}.${end}`);
  }
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: ['ignore', 'ignore', 'pipe'] });
}
