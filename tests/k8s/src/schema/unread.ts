/**
 * What a validator never looks at. The models' validators are compiled: they check the fields that a schema has and pass over
 * the others, in which the typing errors are. So they are given the object behind proxies that note what is read.
 */

/** @returns the object to validate, and afterwards the paths of the fields that nobody has asked for */
export function watchReads(value: object): { watched: object; unread: () => string[] } {
  const reads = new Map<object, Set<string>>();
  return { watched: watch(value, reads), unread: () => unreadOf(value, '', reads) };
}

function watch(value: object, reads: Map<object, Set<string>>): object {
  return new Proxy(value, {
    get(target, key) {
      const got: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol') return got;
      const read = reads.get(target) ?? new Set();
      reads.set(target, read.add(key));
      return typeof got === 'object' && got !== null ? watch(got, reads) : got;
    },
  });
}

/** An object that was asked for nothing at all is one whose content is free: no schema says what is in it. */
function unreadOf(value: unknown, path: string, reads: ReadonlyMap<object, ReadonlySet<string>>): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const read = reads.get(value);
  if (read === undefined) return [];
  return Object.entries(value).flatMap(([key, child]) =>
    read.has(key) ? unreadOf(child, `${path}.${key}`, reads) : [`${path}.${key}`],
  );
}
