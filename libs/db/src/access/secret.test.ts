import { sameText } from './secret';

test('texts are the same or not, whatever their lengths', () => {
  expect(sameText('secret', 'secret')).toBe(true);
  expect(sameText('secret', 'secreT')).toBe(false);
  expect(sameText('secret', 'secrets')).toBe(false);
  expect(sameText('', 'secret')).toBe(false);
});
