import { containersOf, ours, place, workloadsOf } from '../pods';
import type { Rule } from './rule';

const wanted = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
};
const wantedOfPod = { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } };

/** Nobody is root, writes into its image, has a capability or a token, or may take all of a node's memory. */
export const podsAreConfined: Rule = (objects) =>
  workloadsOf(objects).flatMap((workload) => {
    const { name } = workload.metadata;
    const pod = workload.spec.template.spec;
    return [
      ...lacking(pod.securityContext, wantedOfPod).map((what) => `${name}: lacks ${what}`),
      ...(Number(pod.securityContext['runAsUser']) > 0 ? [] : [`${name}: has no user of its own`]),
      ...(pod.automountServiceAccountToken === false ? [] : [`${name}: has a token for the Kubernetes API`]),
      ...containersOf(workload).flatMap((container) => {
        const at = place(workload, container);
        return [
          ...lacking(container.securityContext, wanted).map((what) => `${at}: lacks ${what}`),
          ...(['runAsUser', 'runAsNonRoot', 'privileged', 'seccompProfile'] as const)
            .filter((field) => field in container.securityContext)
            .map((field) => `${at}: says otherwise than its pod with ${field}`),
          ...(container.resources?.requests['cpu'] && container.resources.requests['memory']
            ? []
            : [`${at}: requests nothing`]),
          ...(container.resources?.limits['memory'] ? [] : [`${at}: has no limit of memory`]),
        ];
      }),
    ];
  });

function lacking(context: Readonly<Record<string, unknown>>, expected: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(expected)
    .filter(([field, value]) => JSON.stringify(context[field]) !== JSON.stringify(value))
    .map(([field, value]) => `${field}: ${JSON.stringify(value)}`);
}

/** What is spread over nodes is spread among its own. */
export const podsAreSpread: Rule = (objects) =>
  ours(objects).flatMap(({ metadata, spec }) => {
    const { labels } = spec.template.metadata;
    const constraints = spec.template.spec.topologySpreadConstraints;
    const astray = constraints.filter(({ labelSelector }) =>
      Object.entries(labelSelector.matchLabels).some(([name, value]) => labels[name] !== value),
    );
    return constraints.length === 0 || astray.length > 0 ? [`${metadata.name}: is not spread over nodes`] : [];
  });
