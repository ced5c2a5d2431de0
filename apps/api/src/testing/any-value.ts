/** Values for a JSON schema. */
import fc from 'fast-check';
import type { JsonSchema } from './openapi';

export const often = <T>(usual: fc.Arbitrary<T>, odd: fc.Arbitrary<T>, weight = 4): fc.Arbitrary<T> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });

/** Values that a schema describes, with a taste for the ends of what it allows. */
export function valid(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, enum: options, anyOf, format, items, properties, required, additionalProperties } = schema;
  if (schema['const'] !== undefined) return fc.constant(schema['const']);
  if (Array.isArray(options)) return fc.constantFrom(...(options as unknown[]));
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map((one) => valid(one as JsonSchema)));
  switch (type) {
    case 'string': {
      const { minLength = 0, maxLength = 100 } = schema as { minLength?: number; maxLength?: number };
      if (format === 'uuid') return fc.uuid();
      if (format === 'email') return fc.emailAddress();
      if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
      return fc.string({ unit: 'binary', minLength, maxLength: Math.max(minLength, Math.min(maxLength, 300)) });
    }
    case 'integer':
    case 'number': {
      const { minimum = -(2 ** 53), maximum = 2 ** 53 } = schema as { minimum?: number; maximum?: number };
      return fc.maxSafeInteger().map((n) => Math.min(maximum, Math.max(minimum, n)));
    }
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valid((items ?? {}) as JsonSchema), { maxLength: 3 });
    case 'object': {
      const known = Object.entries((properties ?? {}) as Record<string, JsonSchema>);
      const model = Object.fromEntries(known.map(([key, one]) => [key, valid(one)]));
      const requiredKeys = (required ?? []) as string[];
      const listed = fc.record(model, {
        requiredKeys: requiredKeys.filter((key) => key in model),
        noNullPrototype: true,
      });
      if (known.length > 0 || typeof additionalProperties !== 'object') return listed;
      return fc.dictionary(fc.string(), valid(additionalProperties as JsonSchema), {
        maxKeys: 3,
        noNullPrototype: true,
      });
    }
    default:
      return fc.jsonValue({ maxDepth: 3 });
  }
}
