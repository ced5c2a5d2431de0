import { addColumn, migration } from './migration';

/** Who may look after the whole installation, beside an account of their own. */
export const operators = migration('0006-operators', [
  addColumn('tokens', 'scope', "ENUM('owner', 'operator') NOT NULL DEFAULT 'owner'"),
]);
