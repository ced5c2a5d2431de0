import { understand } from '@sorting-office/mail';
import { floor } from './floor';
import { halves, languages, readQueries } from './query-set';
import { evaluateText } from './text-evaluation';

const sets = languages.flatMap((language) => halves.map((half) => [language, half] as const));

test.each(sets)('queries in %s, %s, are understood as well as they were', (language, half) => {
  const { figures } = evaluateText(readQueries(language, half), understand);
  const least = floor[language][half];
  expect(figures.exact).toBeGreaterThanOrEqual(least.exact);
  expect(figures.f1).toBeGreaterThanOrEqual(least.f1);
  expect(figures.intervals).toBeGreaterThanOrEqual(least.intervals);
});
