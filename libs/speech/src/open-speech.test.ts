import { openSpeech } from './open-speech';
import { speechConfig } from './config';

test('speech', async () => {
  await expect(
    openSpeech(speechConfig.parse({})).recognise(
      new Uint8Array(),
      { sentences: [], names: [] },
      AbortSignal.timeout(1000),
    ),
  ).rejects.toMatchObject({ code: 'RECORDING_EMPTY' });
});
