/** Migrates, and is killed without warning right after the server has run a number of statements: `URL NUMBER`. */
import { migrate } from '../migrate';

const [url = '', statements = ''] = process.argv.slice(2);
let left = Number(statements);
await migrate({
  url,
  onStatement: () => {
    if (--left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
