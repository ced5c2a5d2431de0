import type { OfficeApi } from '../api/client';
import type { TaskDetail } from '../api/schemas';
import { errorDocument, exitCodes, OfficeError } from '../errors';
import { renderError } from '../render/errors';
import type { Style } from '../render/style';
import { renderTask, renderTasks } from '../render/tasks';
import { printable } from '../render/text';
import type { Outcome, Session } from '../session';

export interface ListOptions {
  readonly state?: string;
  readonly name?: string;
  readonly limit: number;
}

/** The newest tasks. */
export async function listTasks({ state, name, limit }: ListOptions, session: Session): Promise<Outcome> {
  const page = await session.api().listTasks({
    limit: String(limit),
    ...(state !== undefined && { state }),
    ...(name !== undefined && { name }),
  });
  return { document: page, render: (style) => renderTasks(page, style) };
}

/** One task with everything that is known of it. */
export async function showTask(id: string, session: Session): Promise<Outcome> {
  const task = await session.api().showTask(id);
  return { document: task, render: (style) => renderTask(task, style) };
}

/** Runs tasks again that failed or were cancelled. */
export function retryTasks(ids: readonly string[], session: Session): Promise<Outcome> {
  return steer(ids, session, {
    ask: (api, id) => api.retryTask(id),
    say: ({ name }) => `${name} is queued again`,
  });
}

/** Cancels tasks. */
export function cancelTasks(ids: readonly string[], session: Session): Promise<Outcome> {
  return steer(ids, session, {
    ask: (api, id) => api.cancelTask(id),
    say: ({ name, state }) =>
      state === 'cancelled' ? `${name} is cancelled` : `${name} is running: its worker has been asked to stop it`,
  });
}

interface Steering {
  readonly ask: (api: OfficeApi, id: string) => Promise<TaskDetail>;
  readonly say: (task: TaskDetail) => string;
}

type Steered = { id: string; task: TaskDetail } | { id: string; error: OfficeError };

/** One after the other; what one of them is refused for does not keep the others from it. */
async function steer(ids: readonly string[], session: Session, { ask, say }: Steering): Promise<Outcome> {
  const api = session.api();
  const all: Steered[] = [];
  for (const id of ids) {
    try {
      all.push({ id, task: await ask(api, id) });
    } catch (error) {
      if (!(error instanceof OfficeError) || session.surroundings.signal.aborted) throw error;
      all.push({ id, error });
    }
  }
  const line = (one: Steered, style: Style) =>
    `${printable(one.id)}  ${'task' in one ? printable(say(one.task)) : renderError(one.error, style)}`;
  return {
    document: {
      items: all.map((one) => ('task' in one ? one : { id: one.id, ...errorDocument(one.error) })),
    },
    render: (style) => all.map((one) => line(one, style)).join('\n'),
    exitCode: all.some((one) => 'error' in one) ? exitCodes.failed : exitCodes.ok,
  };
}
