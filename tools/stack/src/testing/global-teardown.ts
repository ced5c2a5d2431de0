import { tearDown } from './teardown';

/** After a project's last test: stops what the setup has started. */
export default async function globalTeardown(): Promise<void> {
  await tearDown();
}
