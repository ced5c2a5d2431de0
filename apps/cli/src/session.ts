import { OfficeApi } from './api/client';
import { type Addresses, findAddresses, requireApi } from './config/addresses';
import { pause, type Persistence } from './follow/persist';
import type { Progress } from './follow/progress';
import { showProgress } from './render/progress';
import type { Style } from './render/style';
import type { Surroundings } from './surroundings';

/** What a command ends with: a document for programs, the same as text for people, and its exit code, which is 0 when absent. */
export interface Outcome {
  readonly document: unknown;
  readonly render: (style: Style) => string;
  readonly exitCode?: number;
}

/** Options that every command takes. */
export interface CommonOptions {
  readonly url?: string;
  readonly token?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Session {
  readonly surroundings: Surroundings;
  readonly addresses: Addresses;
  readonly progress: Progress;
  /** What it takes to keep asking an API that restarts. */
  readonly persistence: Persistence;
  /** @throws OfficeError CONFIGURATION_MISSING */
  api(): OfficeApi;
}

/** @throws OfficeError CONFIGURATION_INVALID */
export function openSession(options: CommonOptions, surroundings: Surroundings): Session {
  const { env, cwd, signal, timing } = surroundings;
  const addresses = findAddresses({ options, env, cwd });
  const progress = showProgress(surroundings, options.json === true);
  return {
    surroundings,
    addresses,
    progress,
    persistence: { timing, signal, progress },
    api: () =>
      new OfficeApi({
        ...requireApi(addresses),
        signal,
        requestMs: timing.requestMs,
        onBusy: async (ms) => {
          progress.note(`the API has had too many requests: waiting for ${Math.ceil(ms / 1000)} s, as it says`);
          await pause(ms, timing, signal);
        },
      }),
  };
}
