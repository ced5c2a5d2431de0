import type { Entries } from './objects';

/**
 * Replaces `$(NAME)` by the variable's value. As the kubelet does it: what is not defined stays as it is, `$$` is a dollar
 * that begins no reference, and what was put in is not looked at again.
 */
export function expand(text: string, variables: Entries): string {
  return text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => {
    if (name === undefined) return '$';
    return Object.hasOwn(variables, name) ? (variables[name] ?? whole) : whole;
  });
}
