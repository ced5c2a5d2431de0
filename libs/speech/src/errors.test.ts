import { SpeechError } from './errors';

test('only what is the recogniser’s fault of the moment is worth another try', () => {
  expect(new SpeechError('RECOGNISER_FAILED', 'away').retryable).toBe(true);
  expect(new SpeechError('RECOGNISER_REFUSED', 'no').retryable).toBe(false);
  expect(new SpeechError('RECORDING_SILENT', 'hush').retryable).toBe(false);
});
