export * from './access';
export type { ConnectionOptions } from './connection';
export { Database, openDatabase, type Escort } from './database';
export { databaseErrorKind, isDuplicateKey, type DatabaseErrorKind } from './errors';
export { madeAt, newId } from './ids';
export * from './models';
export { tokenScope, type TokenScope } from './models/account';
export { actionState, type mailboxRow } from './models/mail';
export { tableBy } from './models/table-by';
export {
  taskError,
  taskProgress,
  taskQueue,
  taskState,
  traceContext,
  type TaskError,
  type TaskProgress,
  type TaskQueue,
  type TaskState,
  type TraceContext,
} from './models/task';
export * from './rate-limits';
export * from './schedules';
export { migrate, MigrationError, type MigrateOptions } from './schema/migrate';
export { SchemaGate, type GateState } from './schema/schema-gate';
export { verifySchema, type SchemaReport } from './schema/verify-schema';
export * from './searches';
export * from './server';
export * from './tasks';
export { UnitOfWorkEndedError } from './transaction';
export type { UnitOfWork } from './unit-of-work';
