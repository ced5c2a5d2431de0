import { addColumn, migration } from './migration';

/** What a token's end was before it was rotated, which shortens it. */
export const rotation = migration('0012-rotation', [
  addColumn('tokens', 'rotated_at', 'DATETIME(6) NULL'),
  addColumn('tokens', 'lasts_until', 'DATETIME(6) NULL'),
]);
