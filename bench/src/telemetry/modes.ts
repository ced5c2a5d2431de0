export const modes = ['off', 'metrics', 'traces'] as const;
export type Mode = (typeof modes)[number];

/** What a program is told for each kind of run. */
export const environmentOf = (mode: Mode, collector: string): Record<string, string> =>
  ({ off: { OTEL_SDK_DISABLED: 'true' }, metrics: {}, traces: { OTEL_EXPORTER_OTLP_ENDPOINT: collector } })[mode];
