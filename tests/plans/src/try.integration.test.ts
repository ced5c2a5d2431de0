import { openDatabase } from '@sorting-office/db';
import { largeDatabase } from './large/large-database';
import { Recorder } from './recording/recorder';
import { observed } from './recording/observed-database';
import { openOffice } from './statements/office';
import { parts } from './statements';
import { planText } from './recording/plan';
import { writeFileSync } from 'node:fs';
test('fill', async () => {
  let t = performance.now();
  const db = await largeDatabase();
  console.log('filled', performance.now() - t);
  const recorder = new Recorder();
  const database = openDatabase({ url: db.url, onConnect: recorder.listen });
  const plain = openDatabase({ url: db.url });
  const office = openOffice(observed(database), plain);
  const out: string[] = [];
  for (const part of parts) {
    t = performance.now();
    try { await part(office); out.push(`${part.name} ${Math.round(performance.now() - t)} ms`); } catch (error) { out.push(`${part.name} ${Math.round(performance.now() - t)} ms: ${(error as Error).stack}`); }
  }
  writeFileSync('/tmp/plans-out.txt', [...out, ...recorder.unexplained.slice(0, 20).map((s) => `UNEXPLAINED ${s}`), ...recorder.homeless.map((s) => `HOMELESS ${s}`), ...recorder.recorded.map(({site, sql, plans}) => `${site} ${sql}\n${[...plans.keys()].map((p) => `      ${p}`).join('\n')}`)].join('\n'));
  await database.close(); await plain.close();
  await db.drop();
}, 300000);
