import { drawPicture } from './picture';

test('a bar is as long as its figure, next to the longest of its chart, and says what it is', () => {
  const drawn = drawPicture([
    {
      title: 'Tasks a second',
      bars: [
        { label: 'ours', value: 50, kind: 'ours', note: '50 %' },
        { label: 'a < b & c', value: 100, kind: 'lesser' },
      ],
    },
    { title: 'Others', bars: [{ label: 'one', value: 1, kind: 'equal' }] },
  ]);
  const lengths = [...drawn.matchAll(/<rect class="(\w+)".*? width="([\d.]+)"/g)].map(([, kind, length]) => [
    kind,
    length,
  ]);
  expect(lengths).toEqual([
    ['ours', '195.0'],
    ['lesser', '390.0'],
    ['equal', '390.0'],
  ]);
  expect(drawn).toContain('>50  50 %<');
  expect(drawn).toContain('>a &lt; b &amp; c<');
});
