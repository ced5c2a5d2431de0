import { SAMPLE_RATE } from './wav';

/** Speech is measured in pieces of this many samples (20 ms), about as long as a sound of it. */
const FRAME = SAMPLE_RATE / 50;
const FULL_SCALE = 32_768;

/**
 * Below this the loudest piece of a recording is silence, in decibels of full scale. Speech at a microphone peaks between -30
 * and -10; the noise of a quiet room is at -60.
 */
export const SILENCE_DBFS = -50;

/** The loudest 20 ms of a recording in decibels of full scale, by root mean square without a constant offset. */
export function loudestDbfs(samples: Int16Array): number {
  let loudest = 0;
  for (let start = 0; start < samples.length; start += FRAME) {
    loudest = Math.max(loudest, variance(samples.subarray(start, start + FRAME)));
  }
  return 10 * Math.log10(loudest / FULL_SCALE ** 2);
}

function variance(frame: Int16Array): number {
  let sum = 0;
  let squares = 0;
  for (const sample of frame) {
    sum += sample;
    squares += sample * sample;
  }
  return Math.max(0, squares / frame.length - (sum / frame.length) ** 2);
}
