import { metrics } from '@opentelemetry/api';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { metricNames } from './metric-names';

export interface ObservedProcess {
  gateOpen: () => boolean;
  /** Connections to the database. */
  pool: () => { used: number; free: number; waiting: number };
}

/** How often the event loop's delay is measured, in milliseconds; what is measured is beyond that. */
const resolutionMs = 20;

/** Has each scrape told what the process is like at that moment. */
export function observeProcess({ gateOpen, pool }: ObservedProcess): void {
  const meter = metrics.getMeter('office');
  meter
    .createObservableGauge(metricNames.gateOpen, { description: '1 while the schema gate is open' })
    .addCallback((result) => result.observe(gateOpen() ? 1 : 0));
  meter
    .createObservableGauge(metricNames.poolConnections, { description: 'Connections to the database' })
    .addCallback((result) => {
      const { used, free, waiting } = pool();
      result.observe(used, { state: 'used' });
      result.observe(free, { state: 'free' });
      result.observe(waiting, { state: 'pending' });
    });
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  meter
    .createObservableGauge(metricNames.eventLoopDelay, {
      description: 'How late the event loop was since the latest scrape',
      unit: 's',
    })
    .addCallback((result) => {
      const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - resolutionMs / 1000);
      result.observe(late(delay.percentile(50)), { stat: 'p50' });
      result.observe(late(delay.percentile(99)), { stat: 'p99' });
      result.observe(late(delay.max), { stat: 'max' });
      delay.reset();
    });
}
