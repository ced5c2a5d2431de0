import type { OfficeApi } from '../api/client';
import type { TaskDetail } from '../api/schemas';
import { OfficeError } from '../errors';
import { pause, persist, type Persistence } from './persist';

export interface FollowerOptions extends Persistence {
  readonly api: OfficeApi;
}

/** Looks at tasks until they have ended, through restarts of the API, and tells what there is to tell meanwhile. */
export class Follower {
  readonly #options: FollowerOptions;
  #lastChange: { seen: string; at: number; told: boolean } | null = null;

  constructor(options: FollowerOptions) {
    this.#options = options;
  }

  /**
   * A task, once it has succeeded.
   *
   * @throws OfficeError TASK_FAILED, TASK_CANCELLED
   */
  async succeeded(id: string): Promise<TaskDetail> {
    let told = 0;
    const task = await this.until(id, (seen) => {
      for (const { attempt, error } of seen.failedAttempts.slice(told))
        if (seen.state === 'queued')
          this.#options.progress.note(
            `attempt ${attempt} of ${seen.maxAttempts} at ${seen.name} failed, and is followed by another: ${error.message}`,
          );
      told = seen.failedAttempts.length;
      return seen.state !== 'queued';
    });
    if (task.state !== 'succeeded') throw endedBadly(task);
    return task;
  }

  /**
   * A task, once it is as it is waited for. It may not exist yet: tasks that go on from others are made when those have ended.
   *
   * @throws OfficeError TASK_MISSING when it does not come to exist for as long as an API may be away.
   */
  async until(id: string, reached: (task: TaskDetail) => boolean): Promise<TaskDetail> {
    const { api, timing, signal } = this.#options;
    let missingSince: number | null = null;
    for (let look = 0; ; look++) {
      const task = await persist(() => api.findTask(id), this.#options);
      if (task && reached(task)) return task;
      missingSince = task ? null : (missingSince ?? timing.now());
      if (missingSince !== null && timing.now() - missingSince > timing.patienceMs) throw missing(id);
      this.#noteStall(task);
      await pause(timing.pauseMs(look), timing, signal);
    }
  }

  #noteStall(task: TaskDetail | null): void {
    const { timing, progress } = this.#options;
    const seen = JSON.stringify(task && [task.id, task.attempt, task.state, task.progress]);
    const now = timing.now();
    if (this.#lastChange?.seen !== seen) this.#lastChange = { seen, at: now, told: false };
    else if (!this.#lastChange.told && now - this.#lastChange.at >= timing.stalledMs) {
      this.#lastChange.told = true;
      progress.note(
        `nothing has happened for ${Math.round(timing.stalledMs / 1000)} s: it takes long, or no worker takes it; \`office doctor\` looks for the reason`,
      );
    }
  }
}

const endedBadly = ({ id, name, state, attempt, error }: TaskDetail) =>
  state === 'cancelled'
    ? new OfficeError('TASK_CANCELLED', `${name} was cancelled (task ${id})`, {
        hints: [`\`office tasks retry ${id}\` runs it again.`],
      })
    : new OfficeError(
        'TASK_FAILED',
        `${name} failed at attempt ${attempt}: ${error ? `${error.message} (${error.code})` : 'nobody says why'}`,
        { hints: [`\`office tasks show ${id}\` shows every attempt, \`office tasks retry ${id}\` runs it again.`] },
      );

const missing = (id: string) => new OfficeError('TASK_MISSING', `there is no task ${id}, although there should be`);
