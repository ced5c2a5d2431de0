import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Telemetry off; metrics, as by default; the traces that the Kubernetes component `traces` takes; every trace. */
export const modes = ['off', 'metrics', 'sampled', 'traces'] as const;
export type Mode = (typeof modes)[number];

/** What a program is told for each kind of run. Which traces are taken is decided where they begin: by who enqueues. */
export const environmentOf = (mode: Mode, collector: string): Record<string, string> => {
  const collected = { OTEL_EXPORTER_OTLP_ENDPOINT: collector };
  return { off: { OTEL_SDK_DISABLED: 'true' }, metrics: {}, sampled: collected, traces: collected }[mode];
};

/** One in how many traces is taken, as who enqueues decides. */
export const oneIn = (mode: Mode): number => (mode === 'sampled' ? Math.round(1 / sampledShare()) : 1);

function sampledShare(): number {
  const file = join(import.meta.dirname, '../../../k8s/components/traces/kustomization.yaml');
  const [, share] = /^ *- OTEL_TRACES_SAMPLER_ARG=(.+)$/m.exec(readFileSync(file, 'utf8')) ?? [];
  if (!(Number(share) > 0)) throw new Error(`${file} does not say which share of traces is taken`);
  return Number(share);
}
