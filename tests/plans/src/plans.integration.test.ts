/** Every query that the code can send, and how the server finds what it asks for in the tables of a large installation. */
import { type Database, openDatabase } from '@sorting-office/db';
import { type LargeDatabase, largeDatabase } from './large/large-database';
import { observed } from './recording/observed-database';
import { Recorder } from './recording/recorder';
import { exceptions } from './rules/exceptions';
import { type Judged, judge } from './rules/judge';
import { productionSources, sitesIn } from './sources/find-sites';
import { unrecorded } from './sources/unrecorded';
import { sendEveryStatement } from './statements';
import { openOffice } from './statements/office';

jest.setTimeout(300_000);

const recorder = new Recorder();
let large: LargeDatabase;
let databases: Database[];
let judged: Judged;
beforeAll(async () => {
  large = await largeDatabase();
  const database = openDatabase({ url: large.url, onConnect: recorder.listen });
  const plain = openDatabase({ url: large.url });
  databases = [database, plain];
  await sendEveryStatement(openOffice(observed(database), plain));
  // The test has statements of its own.
  const sent = recorder.recorded.filter(({ site }) => /^(?:apps|libs)\//.test(site));
  judged = judge(sent, large.sizes, exceptions);
});
afterAll(async () => {
  await Promise.all(databases.map((database) => database.close()));
  await large.drop();
});

const sites = productionSources().flatMap((file) => sitesIn(file));
const isUnrecorded = (site: string) => unrecorded.some(({ place }) => site.startsWith(place));

test('no query reads a table that grows from one end to the other, nor more of it the larger it is', () => {
  expect(judged.problems).toEqual([]);
});

test('the claim, which each message sends, costs no look into other indexes than that of its row', () => {
  const claims = recorder.recorded.filter(({ site }) => site.startsWith('libs/db/src/tasks/complete-task.ts:'));
  const considered = claims.flatMap(({ plans }) => [...plans.values()].flat().map((step) => step.considered));
  expect(new Set(considered)).toEqual(new Set(['PRIMARY']));
});

test('every place in the code that sends a statement has sent it', () => {
  const seen = new Set(recorder.recorded.map(({ site }) => site));
  expect(sites.filter((site) => !seen.has(site) && !isUnrecorded(site))).toEqual([]);
});

test('every statement was sent from a place that is found in the sources', () => {
  const known = new Set(sites);
  const sent = recorder.recorded.map(({ site }) => site).filter((site) => /^(?:apps|libs)\//.test(site));
  expect(sent.filter((site) => !known.has(site))).toEqual([]);
  expect(recorder.homeless).toEqual([]);
  expect(sites.filter((site, at) => sites.indexOf(site) !== at)).toEqual([]);
});

test('the server has explained every statement', () => {
  expect(recorder.unexplained).toEqual([]);
});

test('every exception is still needed', () => {
  const withoutSites = unrecorded.filter(({ place }) => !sites.some((site) => site.startsWith(place)));
  expect([...judged.unusedExceptions, ...withoutSites]).toEqual([]);
});
