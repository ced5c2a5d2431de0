/** An object with each choice of another one's keys, the empty one included: what statements make of what they are given or not. */
export const subsets = <T extends object>(whole: T): Partial<T>[] =>
  Object.entries(whole).reduce<Partial<T>[]>(
    (chosen, [key, value]) => [...chosen, ...chosen.map((one) => ({ ...one, [key]: value as unknown }))],
    [{}],
  );
