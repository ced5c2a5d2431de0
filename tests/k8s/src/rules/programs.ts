import { apiConfig } from '@sorting-office/api/config';
import { workerConfig } from '@sorting-office/worker/config';
import { componentOf, type Container, containersOf, ours, place } from '../pods';
import type { Rule } from './rule';

/** What the images run (apps/api/src/main.ts, apps/worker/src/main.ts). */
const commands: Readonly<Record<string, string>> = {
  api: 'node main.js',
  worker: 'node main.js',
  migrate: 'node main.js migrate',
};

const images: Readonly<Record<string, readonly string[]>> = {
  api: ['sorting-office/api'],
  worker: ['sorting-office/worker', 'sorting-office/worker-speech'],
  migrate: ['sorting-office/worker', 'sorting-office/worker-speech'],
};

/** Each container runs a program that there is, in an image that we make, of one version. */
export const programsExist: Rule = (objects) => {
  const tags = new Set<string>();
  const problems = ours(objects).flatMap((workload) =>
    containersOf(workload).flatMap((container) => {
      const at = place(workload, container);
      const command = [...container.command, ...container.args].join(' ');
      const [, repository = '', tag = ''] = /^(?:.*\.[a-z]+\/)?([^:]+)(?::(.+))?$/.exec(container.image) ?? [];
      tags.add(tag);
      return [
        ...(command === commands[container.name] ? [] : [`${at}: there is no program \`${command}\``]),
        ...(images[container.name]?.includes(repository) ? [] : [`${at}: nobody makes the image ${container.image}`]),
        ...(['', 'latest'].includes(tag) ? [`${at}: ${container.image} names no version`] : []),
      ];
    }),
  );
  return tags.size > 1 ? [...problems, `several versions at once: ${[...tags].join(', ')}`] : problems;
};

/** Workers migrate before they work, with the same image. */
export const workersMigrate: Rule = (objects) =>
  ours(objects)
    .filter((workload) => componentOf(workload) === 'worker')
    .filter(({ spec }) => {
      const { initContainers, containers } = spec.template.spec;
      return initContainers[0]?.name !== 'migrate' || initContainers[0].image !== containers[0]?.image;
    })
    .map(({ metadata }) => `${metadata.name}: does not begin with migrate, in the worker's own image`);

const ports: Readonly<Record<string, { name: string; containerPort: number }>> = {
  api: { name: 'http', containerPort: apiConfig.shape.API_PORT.parse(undefined) },
  worker: { name: 'health', containerPort: workerConfig.shape.HEALTH_PORT.parse(undefined) },
};

const paths = { startupProbe: '/healthz/live', livenessProbe: '/healthz/live', readinessProbe: '/healthz/ready' };

/** Each program's port has its name, and all three probes ask it where it answers. */
export const probesAreAnswered: Rule = (objects) =>
  ours(objects).flatMap((workload) =>
    workload.spec.template.spec.containers.flatMap((container) => [
      ...portProblems(place(workload, container), container),
      ...probeProblems(place(workload, container), container),
    ]),
  );

function portProblems(at: string, { name, ports: given }: Container): string[] {
  const expected = ports[name];
  return given.some((port) => port.name === expected?.name && port.containerPort === expected.containerPort)
    ? []
    : [`${at}: does not listen at a port ${expected?.name ?? ''} ${expected?.containerPort ?? ''}`];
}

function probeProblems(at: string, container: Container): string[] {
  return (Object.keys(paths) as (keyof typeof paths)[]).flatMap((name) => {
    const asked = container[name]?.httpGet;
    if (asked?.path === paths[name] && asked.port === ports[container.name]?.name) return [];
    return [`${at}: its ${name} asks ${asked ? `${asked.port}${asked.path}` : 'nothing'}`];
  });
}
