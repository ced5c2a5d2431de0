/** What can go wrong with the local stack, as stable codes. */
export type StackErrorCode =
  | 'ALREADY_RUNNING'
  | 'COMMAND_FAILED'
  | 'FOLDER_NOT_OURS'
  | 'INTERRUPTED'
  | 'MANAGEMENT_REFUSED'
  | 'NOT_OURS'
  | 'NOT_READY'
  | 'NO_KUSTOMIZE'
  | 'NO_SERVER'
  | 'NO_TEST_SERVERS'
  | 'PROCESS_DIED'
  | 'API_REFUSED'
  | 'SERVER_UNREACHABLE'
  | 'USAGE';

/** An error of the local stack; its message says what was wrong and what to do. */
export class StackError extends Error {
  override readonly name = 'StackError';

  constructor(
    readonly code: StackErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The message of whatever was thrown. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
