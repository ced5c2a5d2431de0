import { metricsOf } from './metrics';

test.each([
  ['up', ['up']],
  ['max by (queue) (office_queue_age_seconds{queue="bulk"}) > 900', ['office_queue_age_seconds']],
  [
    'sum by (task) (rate(a_total{outcome="failed"}[15m])) / sum by (task) (rate(b_total[15m])) > 0.1',
    ['a_total', 'b_total'],
  ],
  ['histogram_quantile(0.99, sum by (le) (rate(d_seconds_bucket[5m])))', ['d_seconds_bucket']],
  ['min(a) > 1 or absent(a)', ['a']],
])('the metrics of %s', (query, metrics) => {
  expect(metricsOf(query)).toEqual(metrics);
});
