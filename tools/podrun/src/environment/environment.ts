import type { Container, Variable } from '../spec/container';
import { expand } from './expand';
import { found, type Objects } from './objects';

/** What a container can learn of its pod. */
export interface PodFields {
  readonly name: string;
  readonly ip: string;
}

/**
 * The environment of a container: envFrom in order, then env in order, each of which sees all before it.
 *
 * @throws PodrunError MISSING_REFERENCE for a ConfigMap, a Secret or a key that is not there and not optional
 */
export function environmentOf(container: Container, objects: Objects, pod: PodFields): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const { prefix, configMapRef, secretRef } of container.envFrom) {
    const entries = {
      ...(configMapRef && objects.configMap(configMapRef.name, configMapRef.optional)),
      ...(secretRef && objects.secret(secretRef.name, secretRef.optional)),
    };
    for (const [key, value] of Object.entries(entries)) environment[prefix + key] = value;
  }
  for (const variable of container.env) {
    const value = valueOf(variable, environment, objects, pod);
    if (value !== undefined) environment[variable.name] = value;
  }
  return environment;
}

/** Undefined when it comes from something optional that is not there: the variable is not set then. */
function valueOf(
  { value, valueFrom }: Variable,
  environment: Readonly<Record<string, string>>,
  objects: Objects,
  pod: PodFields,
): string | undefined {
  if (value || !valueFrom) return expand(value ?? '', environment);
  const { secretKeyRef, configMapKeyRef, fieldRef } = valueFrom;
  if (fieldRef) return fieldRef.fieldPath === 'status.podIP' ? pod.ip : pod.name;
  if (secretKeyRef) {
    const { name, key, optional } = secretKeyRef;
    return found(objects.secret(name, optional)?.[key], optional, `key ${key} in Secret ${name}`);
  }
  if (configMapKeyRef) {
    const { name, key, optional } = configMapKeyRef;
    return found(objects.configMap(name, optional)?.[key], optional, `key ${key} in ConfigMap ${name}`);
  }
  return '';
}
