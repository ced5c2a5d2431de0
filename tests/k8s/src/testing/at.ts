/** A place in an object by its path, in which a label may have dots only as its own last step after a slash: `spec.a/b`. */
export function at(object: object, path: string): { set(value: unknown): void } {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let parent = object as Record<string, unknown>;
  for (const step of steps) {
    const child = parent[step];
    if (typeof child !== 'object' || child === null) throw new Error(`there is no ${path}`);
    parent = child as Record<string, unknown>;
  }
  return {
    set: (value) => {
      if (value !== undefined) parent[last] = value;
      else if (Array.isArray(parent)) parent.splice(Number(last), 1);
      else Reflect.deleteProperty(parent, last);
    },
  };
}
