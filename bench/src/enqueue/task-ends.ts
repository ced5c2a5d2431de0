import { BrokerConnection, EventListener } from '@sorting-office/broker';

/** When tasks have succeeded, by their events: these are sent after the commit, so a task has been committed by then. */
export interface TaskEnds {
  /** When the task's event came, as `performance.now()` has it. */
  of(taskId: string): Promise<number>;
  close(): Promise<void>;
}

/** Hears of every task that succeeds from now on. */
export async function hearTaskEnds(amqpUrl: string): Promise<TaskEnds> {
  const heard = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  const connection = await BrokerConnection.open({ url: amqpUrl, name: 'bench (events)' });
  await connection.connected();
  const listener = new EventListener({ connection, name: 'bench', pattern: 'task.succeeded' }, ({ taskId }) => {
    const at = performance.now();
    heard.set(taskId, at);
    waiting.get(taskId)?.(at);
  });
  await listener.whenListening();
  return {
    of: (taskId) =>
      new Promise((resolve) => {
        const at = heard.get(taskId);
        if (at === undefined) waiting.set(taskId, resolve);
        else resolve(at);
      }),
    close: async () => {
      await listener.close();
      await connection.close();
    },
  };
}
