import type { KubernetesObject } from '@sorting-office/stack';
import { z } from 'zod';
import { PodrunError } from '../errors';
import { parse } from '../spec/parse';

const strings = z.record(z.string(), z.string()).default({});
const configMap = z.looseObject({ data: strings });
const secret = z.looseObject({ data: strings, stringData: strings });

/** What a ConfigMap or a Secret holds, by key. */
export type Entries = Readonly<Record<string, string>>;

/** The ConfigMaps and Secrets of rendered manifests. */
export class Objects {
  readonly #configMaps = new Map<string, Entries>();
  readonly #secrets = new Map<string, Entries>();

  /** @throws PodrunError INVALID_MANIFEST */
  constructor(objects: readonly KubernetesObject[]) {
    for (const object of objects) {
      const { name } = object.metadata;
      if (object.kind === 'ConfigMap') this.#configMaps.set(name, parse(configMap, object, `ConfigMap ${name}`).data);
      if (object.kind === 'Secret') this.#secrets.set(name, readSecret(parse(secret, object, `Secret ${name}`)));
    }
  }

  /** Undefined when it is not there and may be missing. @throws PodrunError MISSING_REFERENCE */
  configMap(name: string, optional: boolean): Entries | undefined {
    return found(this.#configMaps.get(name), optional, `ConfigMap ${name}`);
  }

  /** Undefined when it is not there and may be missing. @throws PodrunError MISSING_REFERENCE */
  secret(name: string, optional: boolean): Entries | undefined {
    return found(this.#secrets.get(name), optional, `Secret ${name}`);
  }
}

function readSecret({ data, stringData }: z.infer<typeof secret>): Entries {
  const decoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]);
  return { ...Object.fromEntries(decoded), ...stringData } as Entries;
}

/** @throws PodrunError MISSING_REFERENCE */
export function found<Value>(value: Value | undefined, optional: boolean, what: string): Value | undefined {
  if (value === undefined && !optional) throw new PodrunError('MISSING_REFERENCE', `there is no ${what}`);
  return value;
}
