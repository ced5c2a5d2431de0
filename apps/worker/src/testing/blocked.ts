/** A process with a watchdog, which blocks itself for ever, or is merely busy and then ends by itself. */
import { startWatchdog } from '../watchdog';

startWatchdog(2);
process.stdout.write('watched\n');
if (process.argv[2] === 'blocked') for (;;) continue;
let beats = 0;
const busy = setInterval(() => {
  if (++beats === 30) clearInterval(busy);
}, 100);
