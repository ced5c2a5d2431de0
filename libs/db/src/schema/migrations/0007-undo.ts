import { addColumn, migration, setIndex } from './migration';

const id = 'CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL';

/** What it takes to apply one plan alone, and to undo the moves of a mail, a sender or a run. */
export const undo = migration('0007-undo', [
  addColumn('actions', 'proposed_by', id),
  setIndex('actions', 'actions_proposed_by', ['proposed_by', 'state']),
  addColumn('actions', 'undoes', id),
  setIndex('actions', 'actions_undoes', ['undoes']),
  `ALTER TABLE actions MODIFY state ENUM('proposed', 'planned', 'done', 'skipped', 'failed', 'undone') NOT NULL`,
  setIndex('mails', 'mails_from', ['mailbox_id', 'from_address']),
]);
