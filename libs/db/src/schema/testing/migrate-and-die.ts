/**
 * Migrates, and is killed without warning right after the server has run a number of statements that write: `URL NUMBER`. To die
 * after one that only reads is to die after the one before.
 */
import { migrate } from '../migrate';

const [url = '', statements = ''] = process.argv.slice(2);
let left = Number(statements);
await migrate({
  url,
  onStatement: (sql) => {
    if (!/^\s*(select|show)\b/i.test(sql) && --left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
