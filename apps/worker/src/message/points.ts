import type { QueuedTask } from '@sorting-office/db';

/**
 * Where a worker can die with different things done and left to do:
 *
 * ```
 *   BEGIN, claim --claimed--> run --effects--> result, batch --committing--> COMMIT --committed--> acknowledge
 *                                                                    publish --sent--> confirm
 * ```
 */
export type MessagePoint = 'claimed' | 'effects' | 'committing' | 'committed' | 'sent';

/** Told of each point as it is reached, with the task (of what is sent: the message's id), and waited for: whoever attacks a worker does it here. */
export type Probe = (point: MessagePoint, about: Pick<QueuedTask, 'id' | 'name'>) => void | Promise<void>;

export const noProbe: Probe = () => undefined;
