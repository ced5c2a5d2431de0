import { markdownTable } from './markdown-table';

const page = `# A page

## Fruit

| fruit | how many |
| --- | ---: |
| \`pear\` | a \\| b |
| | two \`of\` three |

## Other

text
`;

test('rows are read by the head, without the marks of code, and bars that are escaped are text', () => {
  expect(markdownTable(page, 'Fruit')).toEqual([
    { fruit: 'pear', 'how many': 'a | b' },
    { fruit: '', 'how many': 'two `of` three' },
  ]);
});

test.each(['Other', 'Nothing'])('there is no table under %s', (heading) => {
  expect(() => markdownTable(page, heading)).toThrow(`no table under "${heading}"`);
});

test('a row of other cells than the head is a mistake', () => {
  expect(() => markdownTable('\n## X\n| a | b |\n| - | - |\n| 1 |\n', 'X')).toThrow('not as many cells');
});
