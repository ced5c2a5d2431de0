import { measure } from './metrics';
import { audioTable, missLines, textTable } from './report';

const figures = measure([
  { expected: { from: ['Ivan'], text: ['flat'] }, got: { from: ['Ivan'], unread: true, category: 'spam' } },
  { expected: { unread: true }, got: { unread: true } },
]);

test('figures of text are a row for each language and half, in percent', () => {
  expect(textTable([{ language: 'uk', half: 'heldout', figures }])).toEqual([
    '            queries  exact  precision  recall  slot F1  dated  intervals',
    'uk heldout        2  50.0%      50.0%   66.7%    57.1%      0     100.0%',
  ]);
});

test('figures of audio are a row for each voice and half', () => {
  const evaluation = {
    figures,
    asText: measure([]),
    wordErrorRate: 0.256,
    unheard: 1,
    secondsSpoken: 61.6,
    misses: [],
  };
  expect(audioTable([{ voice: 'flite', half: 'dev', ...evaluation, realTimeFactor: 0.333 }])).toEqual([
    '           queries  word errors  exact  slot F1  intervals  exact as text  unheard  speech  real time',
    'flite dev        2        25.6%  50.0%    57.1%     100.0%         100.0%        1    62 s      0.33x',
  ]);
});

test('a miss tells what was heard only when there was something to hear', () => {
  const miss = { said: 'ivan', expected: { text: ['ivan'] }, got: {} };
  const lines = ['  said      ivan', '  expected  {"text":["ivan"]}', '  got       {}', ''];
  expect(missLines(miss)).toEqual(lines);
  expect(missLines({ ...miss, heard: 'even' })).toEqual(lines.toSpliced(1, 0, '  heard     even'));
});
