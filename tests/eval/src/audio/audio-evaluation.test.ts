import { SpeechError, type Speech } from '@sorting-office/speech';
import type { Understand } from '../text-evaluation';
import { evaluateAudio, isSpeakable, sample } from './audio-evaluation';

/** Two seconds, at 8000 samples a second, in which only the name of what was said is written. */
const speak = (text: string) => {
  const wav = new Uint8Array(44 + 2 * 8000 * 2);
  new DataView(wav.buffer).setUint32(24, 8000, true);
  wav.set(new TextEncoder().encode(text), 44);
  return Promise.resolve(wav);
};

/** Hears what `speak` has written, without its first word. */
const speech = (failing: Record<string, SpeechError> = {}): Speech => ({
  recognise: (recording) => {
    const said = new TextDecoder().decode(recording.subarray(44)).replace(/\0+$/, '');
    const error = failing[said];
    if (error) return Promise.reject(error);
    return Promise.resolve({ text: said.replace(/^\w+ /, ''), recogniser: 'test', seconds: 2 });
  },
});

const understand: Understand = (text) => ({ query: { text: text.split(' ') }, chips: [], notUnderstood: [] });
const options = { speak, understand, hints: { sentences: [], names: [] }, signal: new AbortController().signal };
const queries = [
  { said: 'find flat', query: { text: ['flat'] } },
  { said: 'find the bus', query: { text: ['bus'] } },
];

test('what is heard is understood and compared, and what the words alone would have given beside it', async () => {
  const evaluation = await evaluateAudio(queries, { ...options, speech: speech() });
  expect(evaluation).toMatchObject({
    figures: { queries: 2, exact: 0.5 },
    asText: { queries: 2, exact: 0 },
    wordErrorRate: 2 / 5,
    unheard: 0,
    secondsSpoken: 4,
    misses: [{ said: 'find the bus', heard: 'the bus', expected: { text: ['bus'] }, got: { text: ['the', 'bus'] } }],
  });
  expect(evaluation.realTimeFactor).toBeGreaterThan(0);
});

test('a recording in which nothing was recognised has all of its words wrong, and means nothing', async () => {
  const failing = { 'find flat': new SpeechError('NOTHING_RECOGNISED', 'no word in it') };
  const evaluation = await evaluateAudio(queries, { ...options, speech: speech(failing) });
  expect(evaluation).toMatchObject({ unheard: 1, wordErrorRate: 3 / 5, secondsSpoken: 4, figures: { exact: 0 } });
  expect(evaluation.misses[0]).toEqual({ said: 'find flat', heard: '', expected: { text: ['flat'] }, got: {} });
});

test('a recogniser that fails is no figure', async () => {
  const failing = { 'find the bus': new SpeechError('RECOGNISER_FAILED', 'away') };
  await expect(evaluateAudio(queries, { ...options, speech: speech(failing) })).rejects.toThrow('away');
});

test.each([
  ["did Ivan's boss reply? mum, o'brien - yes!", true],
  ['from:ivan', false],
  ['"the roof"', false],
  ['on the 15th', false],
  ['news from booking.com', false],
  ['за вчора', false],
])('%s: can be spoken: %s', (said, speakable) => {
  expect(isSpeakable({ said, query: {} })).toBe(speakable);
});

test('a sample is spread evenly, is no larger than what there is, and is always the same', () => {
  expect(sample([0, 1, 2, 3, 4, 5, 6, 7], 4)).toEqual([0, 2, 4, 6]);
  expect(sample([0, 1, 2, 3, 4], 3)).toEqual([0, 1, 3]);
  expect(sample(['a', 'b'], 5)).toEqual(['a', 'b']);
});
