import { ExternalServer } from '../external-server';
import type { DatabaseServer } from '../server';
import { databaseVersion } from './probe';

/** The database that DATABASE_URL names. */
export class ExternalDatabase extends ExternalServer implements DatabaseServer {
  readonly kind = 'database';
  readonly origin = 'DATABASE_URL';
  version = '';

  constructor(readonly url: string) {
    super();
  }

  protected async look(): Promise<void> {
    this.version = await databaseVersion(this.url);
  }
}
