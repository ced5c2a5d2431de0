import type { KubernetesObject } from '@sorting-office/stack';
import { metricNames } from '@sorting-office/telemetry';
import { z } from 'zod';
import type { Rule } from './rule';

/** What a query may say besides the names of metrics and labels (PromQL's functions that are used here, and its words). */
const words = new Set(['sum', 'max', 'min', 'rate', 'by', 'histogram_quantile', 'or', 'absent']);

const known: readonly string[] = Object.values(metricNames);

/** A histogram is several series. */
const withoutSuffix = (name: string) => name.replace(/_(bucket|count)$/, '');

/** @returns the metrics that a PromQL query names */
export function metricsOf(query: string): string[] {
  const bare = query
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\bby\s*\([^)]*\)/g, ' ');
  return [...new Set(bare.match(/[a-z_][a-z0-9_]*/gi) ?? [])].filter((word) => !words.has(word));
}

const rules = z.looseObject({
  spec: z.looseObject({
    groups: z.array(z.looseObject({ rules: z.array(z.looseObject({ alert: z.string(), expr: z.string() })) })),
  }),
});
const dashboard = z.looseObject({
  panels: z.array(z.looseObject({ title: z.string(), targets: z.array(z.looseObject({ expr: z.string() })) })),
});
const dashboards = z.looseObject({ data: z.record(z.string(), z.string()) });
const scaled = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({ triggers: z.array(z.looseObject({ metadata: z.record(z.string(), z.string()) })) }),
});

/** Every query that alerts, panels and scalers make, with who asks. */
export function queriesOf(objects: readonly KubernetesObject[]): { who: string; query: string }[] {
  return objects.flatMap((object) => {
    switch (object.kind) {
      case 'PrometheusRule':
        return rules
          .parse(object)
          .spec.groups.flatMap((group) => group.rules.map(({ alert, expr }) => ({ who: alert, query: expr })));
      case 'ConfigMap':
        if (object.metadata.labels?.['grafana_dashboard'] === undefined) return [];
        return Object.values(dashboards.parse(object).data).flatMap((json) =>
          dashboard
            .parse(JSON.parse(json))
            .panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ who: title, query: expr }))),
        );
      case 'ScaledObject':
        return scaled
          .parse(object)
          .spec.triggers.flatMap(({ metadata: { query } }) =>
            query === undefined ? [] : [{ who: object.metadata.name, query }],
          );
      default:
        return [];
    }
  });
}

/** Nobody asks for a metric that no program has. */
export const metricsAreKnown: Rule = (objects) =>
  queriesOf(objects).flatMap(({ who, query }) =>
    metricsOf(query)
      .filter((metric) => !known.includes(metric) && !known.includes(withoutSuffix(metric)))
      .map((metric) => `${who}: nobody measures ${metric}`),
  );
