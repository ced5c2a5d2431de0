import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startServers } from '@sorting-office/stack';
import { makeMaildir } from './sort/maildir';
import { sortOnce, makeEmptyMaildir } from './sort/try-once';
const dir = await mkdtemp('/tmp/try-sort-');
const servers = await startServers({ durable: true, binaryLog: true });
try {
  await makeEmptyMaildir(join(dir,'empty'));
  const mails = Number(process.env.MAILS ?? 6046);
    const m = join(dir, `n`); await makeMaildir(m, mails);
  process.env.NODE_OPTIONS = process.env.WORKER_NODE_OPTIONS ?? '';
  for (let r = 0; r < Number(process.env.ROUNDS ?? 1); r++)
    console.log('ours dry', JSON.stringify(await sortOnce(servers, m, {mails, dryRun:true, empty: join(dir,'empty')})));
} finally { await servers.stop(); }
