import type { ReplayTerms } from '@sorting-office/db';
import type { TaskRegistry } from '@sorting-office/tasks';

/** How this build replays a task; null when it has no such task, or one that does not take the payload any more. */
export function replayTerms(
  registry: TaskRegistry,
  { name, payload }: { name: string; payload: unknown },
): ReplayTerms | null {
  const definition = registry.find(name);
  if (!definition) return null;
  const valid = definition.payload.safeParse(payload);
  if (!valid.success) return null;
  return { attempts: definition.retry.attempts, uniqueKey: definition.unique?.(valid.data) ?? null };
}
