/**
 * How well queries are understood, in figures: `npx nx eval mail`. First all of them as text, in English and Ukrainian; then a sample of
 * the English ones spoken by a program and recognised locally, where the programs for that are installed.
 *
 *     --text, --audio         one of the two alone
 *     --half dev|heldout      one half of the queries alone
 *     --failures              also each query that was not understood as it was meant
 *     --limit 30              how many queries of each half are spoken
 *     --voice flite           one of the voices alone
 *     --json FILE             writes the figures into a file
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { understand } from '@sorting-office/mail';
import { describeSpeech, openSpeech, speechConfig } from '@sorting-office/speech';
import { evaluateByEar } from './audio/by-ear';
import { missingPrograms, voices } from './audio/voices';
import { halves, languages, readQueries } from './query-set';
import { audioTable, missLines, textTable } from './report';
import { evaluateText, type Miss } from './text-evaluation';

const { values } = parseArgs({
  options: {
    text: { type: 'boolean', default: false },
    audio: { type: 'boolean', default: false },
    half: { type: 'string' },
    failures: { type: 'boolean', default: false },
    limit: { type: 'string', default: '30' },
    voice: { type: 'string' },
    json: { type: 'string' },
  },
});
const limit = Number(values.limit);
if (!Number.isInteger(limit) || limit < 1)
  throw new TypeError(`--limit is how many are spoken, and not "${values.limit}"`);
const chosenHalves = choose('half', halves, (half) => half, values.half);
const chosenVoices = choose('voice', voices, ({ name }) => name, values.voice);

const text = values.audio && !values.text ? [] : byText();
const audio = values.text && !values.audio ? [] : await byEar();
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ text, audio }, undefined, 2)}\n`);

function byText() {
  const evaluations = languages.flatMap((language) =>
    chosenHalves.map((half) => ({ language, half, ...evaluateText(readQueries(language, half), understand) })),
  );
  say('As text', ...textTable(evaluations), '');
  for (const { language, half, misses } of evaluations) sayMisses(`${language} ${half}`, misses);
  return evaluations.map(({ language, half, figures }) => ({ language, half, figures }));
}

async function byEar() {
  const config = speechConfig.parse(process.env);
  const missing = await missingPrograms(chosenVoices.map(({ program }) => program));
  if (missing.length > 0) say(`Not by ear with ${missing.join(' or ')}: not installed`);
  const speech = openSpeech(config);
  const evaluations = [];
  for (const voice of chosenVoices.filter(({ program }) => !missing.includes(program)))
    for (const half of chosenHalves)
      evaluations.push({
        voice: voice.name,
        half,
        ...(await evaluateByEar({ speech, voice, half, limit, understand })),
      });
  say(`By ear, in English (${await describeSpeech(config)})`, ...audioTable(evaluations), '');
  for (const { voice, half, misses } of evaluations) sayMisses(`${voice} ${half}`, misses);
  return evaluations.map((evaluation) => ({ ...evaluation, misses: evaluation.misses.length }));
}

function sayMisses(title: string, misses: readonly Miss[]) {
  if (values.failures) say(`${title}: ${misses.length} not as meant`, ...misses.flatMap(missLines));
}

function say(...lines: readonly string[]) {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

/** @returns the one with that name, or all when none is named. */
function choose<T>(
  option: string,
  all: readonly T[],
  nameOf: (one: T) => string,
  name: string | undefined,
): readonly T[] {
  const chosen = name === undefined ? all : all.filter((one) => nameOf(one) === name);
  if (chosen.length === 0)
    throw new TypeError(`--${option} is one of ${all.map(nameOf).join(', ')}, and not "${name}"`);
  return chosen;
}
