import type { Source } from './source';

export const dockerSource: Source = {
  name: 'Docker',
  offer: (wanted) =>
    Promise.resolve({ lacks: Object.fromEntries(wanted.map((kind) => [kind, 'no Docker engine answers'])) }),
};
