import { OfficeApi } from '../api/client';
import { readiness } from '../api/schemas';
import type { Addresses } from '../config/addresses';
import { OfficeError } from '../errors';
import { reasonOf } from '../reason';
import { type Finding, type Limits, ok, skipped, wrong } from './finding';

/** Whether the API does its work, and whether it takes the token. */
export async function examineApi({ api, token }: Addresses, limits: Limits): Promise<Finding[]> {
  if (!api) {
    const says = 'OFFICE_URL is not set';
    return [skipped('api', says), skipped('token', says)];
  }
  const ready = await examineReadiness('api', `${api.url.replace(/\/+$/, '')}/healthz/ready`, api.from, limits);
  if (ready.state !== 'ok') return [ready, skipped('token', 'the API cannot be asked')];
  if (token === null)
    return [ready, wrong('token', 'there is none', 'Set OFFICE_TOKEN; `office token create` makes one.')];
  return [
    ready,
    await examineToken(new OfficeApi({ api, token, signal: limits.signal, requestMs: limits.ms }), limits),
  ];
}

/** Whether the worker does its work. */
export async function examineWorker({ workerHealth }: Addresses, limits: Limits): Promise<Finding> {
  if (!workerHealth) return skipped('worker', 'nobody says where it tells of its health (see its HEALTH_PORT)');
  return examineReadiness('worker', workerHealth.url, workerHealth.from, limits);
}

async function examineReadiness(name: string, url: string, from: string, { ms, signal }: Limits): Promise<Finding> {
  try {
    const response = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(ms)]) });
    const body = readiness.safeParse(await response.json().catch(() => undefined));
    if (!body.success || (!response.ok && response.status !== 503))
      return wrong(
        name,
        `something else answers at ${url} (status ${response.status})`,
        `Check the address (from ${from}).`,
      );
    if (response.ok) return ok(name, `ready at ${url}`);
    const reasons = body.data.reasons.join('; ') || 'it does not say why';
    return wrong(name, `not ready: ${reasons}`, 'It goes on by itself once that is put right.');
  } catch (error) {
    signal.throwIfAborted();
    return wrong(name, `${url}: ${reasonOf(error)}`, `Start it, or correct the address (from ${from}).`);
  }
}

async function examineToken(api: OfficeApi, { signal }: Limits): Promise<Finding> {
  try {
    await api.listTasks({ limit: '1' });
    return ok('token', 'the API takes it');
  } catch (error) {
    signal.throwIfAborted();
    const invalid = error instanceof OfficeError && error.code.startsWith('TOKEN_');
    return wrong('token', reasonOf(error), invalid ? '`office token create` makes one.' : 'See what the API logs.');
  }
}
