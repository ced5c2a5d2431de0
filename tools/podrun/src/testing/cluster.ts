import type { KubernetesObject } from '@sorting-office/stack';
import { randomInt } from 'node:crypto';
import { Cluster } from '../cluster/cluster';
import type { Program } from './program';

/** A cluster whose containers all are the program. */
export function makeCluster(program: Program): Promise<Cluster> {
  return Cluster.make({
    machine: {
      workdir: () => program.folder,
      inject: (_container, { ip }) => ({ PATH: process.env['PATH'] ?? '', HOST: ip }),
      timeScale: 0.05,
      backoff: { first: 1, longest: 10 },
      onLine: () => undefined,
    },
    parentFolder: program.folder,
    nodes: ['one', 'two'],
    spreadSeconds: 1,
    block: randomInt(91, 200),
  });
}

export interface Web {
  /** Null: the manifest says none. */
  replicas?: number | null;
  /** Another one makes another template. */
  version?: string;
  /** The file that has to be there for a pod to be ready. */
  ready?: string;
  volumes?: object[];
}

const labels = { app: 'web' };

/** A Deployment of web servers. */
export function web(how: Web = {}): KubernetesObject {
  const { replicas = 2, version = '1', ready = '/ready', volumes = [] } = how;
  const patient = { periodSeconds: 1, timeoutSeconds: 10, failureThreshold: 1000 };
  const container = {
    name: 'web',
    image: `web:${version}`,
    command: [process.execPath, 'program.mjs'],
    ports: [{ name: 'http', containerPort: 8080 }],
    startupProbe: { httpGet: { path: '/program.mjs', port: 'http' }, ...patient },
    readinessProbe: { httpGet: { path: ready, port: 'http' }, ...patient },
    lifecycle: { preStop: { sleep: { seconds: 2 } } },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: {
      ...(replicas !== null && { replicas }),
      selector: { matchLabels: labels },
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: { metadata: { labels }, spec: { containers: [container], volumes } },
    },
  };
}

export const service: KubernetesObject = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 'http' }] },
};

export const budget: KubernetesObject = {
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web' },
  spec: { minAvailable: 1, selector: { matchLabels: labels } },
};

export const autoscaler: KubernetesObject = {
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: { name: 'web' },
  spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 3, maxReplicas: 9 },
};
