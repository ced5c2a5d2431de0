import { accounts } from './0001-accounts';
import { tasks } from './0002-tasks';
import { mail } from './0003-mail';
import { delivery } from './0004-delivery';
import { schedules } from './0005-schedules';
import { operators } from './0006-operators';
import { undo } from './0007-undo';
import { search } from './0008-search';
import { people } from './0009-people';
import { searches } from './0010-searches';
import { access } from './0011-access';
import { rotation } from './0012-rotation';
import { pruning } from './0013-pruning';
import { lists } from './0014-lists';
import type { Migration } from './migration';

/** Every migration of this build, oldest first. */
export const migrations: readonly Migration[] = [
  accounts,
  tasks,
  mail,
  delivery,
  schedules,
  operators,
  undo,
  search,
  people,
  searches,
  access,
  rotation,
  pruning,
  lists,
];
