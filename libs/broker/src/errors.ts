export type BrokerErrorCode =
  /** Nobody knows who is at the other end, or it speaks no TLS: it was told no password. */
  | 'BROKER_TLS_REFUSED'
  /** There is no connection right now. */
  | 'BROKER_NOT_CONNECTED'
  /** It has not answered in time. */
  | 'BROKER_SILENT'
  /** RabbitMQ takes nothing at the moment: it is short of memory or disk. */
  | 'BROKER_BLOCKED'
  /** RabbitMQ has no queue for it. */
  | 'MESSAGE_UNROUTABLE'
  /** RabbitMQ said no: the queue is full or its leader is away. */
  | 'MESSAGE_REFUSED'
  /** Nobody knows whether RabbitMQ has it: the connection went, or the confirm did not come in time. */
  | 'MESSAGE_UNCONFIRMED'
  /** What arrived is not one of our messages. */
  | 'MESSAGE_INVALID';

export class BrokerError extends Error {
  /** Whether the same could go well another time: all but what is wrong in itself. */
  get retryable(): boolean {
    return this.code !== 'MESSAGE_INVALID';
  }

  constructor(
    readonly code: BrokerErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'BrokerError';
  }
}
