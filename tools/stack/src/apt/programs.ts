// Programs that the apps, their tests and benchmarks run, and Debian's packages that have them: nothing stops for want of them but
// what needs them.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { reasonOf } from '../errors';
import { type AptRun, installMissing, keepServicesStopped, whyNoApt } from './apt-get';

export interface Program {
  readonly package: string;
  /** What is there once it is installed: a program in PATH, a file by its absolute path, or whatever this finds. */
  readonly has: string | (() => boolean);
  /** Completes "without it …". */
  readonly without: string;
  /** The service that comes with it and is not wanted: what needs a server starts one of its own. */
  readonly service?: string;
}

/** What turns a recording into words. */
export const speechPrograms: readonly Program[] = [
  { package: 'ffmpeg', has: 'ffmpeg', without: 'only plain WAV recordings can be searched by' },
  { package: 'pocketsphinx', has: 'pocketsphinx_batch', without: 'speech needs SPEECH_URL or SPEECH_COMMAND' },
  {
    package: 'pocketsphinx-en-us',
    has: '/usr/share/pocketsphinx/model/en-us/en-us/mdef',
    without: 'speech needs SPEECH_URL or SPEECH_COMMAND',
  },
];

/** The same, and a voice that speaks to it in tests. */
export const testPrograms: readonly Program[] = [
  ...speechPrograms,
  { package: 'espeak-ng', has: 'espeak-ng', without: 'the tests of speech fail' },
];

/** Those that are not installed. */
export function missingOf(programs: readonly Program[], path = process.env['PATH'] ?? ''): Program[] {
  const folders = path.split(delimiter).filter(Boolean);
  const isThere = (has: string) =>
    (has.startsWith('/') ? [has] : folders.map((folder) => join(folder, has))).some(existsSync);
  return programs.filter(({ has }) => !(typeof has === 'string' ? isThere(has) : has()));
}

/** A way to install packages, and what is in its way. */
export interface Installer {
  readonly obstacle: () => string | undefined;
  readonly install: typeof installMissing;
}

const apt: Installer = { obstacle: whyNoApt, install: installMissing };

/** Installs what is missing if it can be, or says what to do. Never fails, unless the signal aborts. */
export async function provide(programs: readonly Program[], aptRun: AptRun, installer = apt): Promise<void> {
  const missing = () => missingOf(programs);
  if (missing().length === 0) return;
  const obstacle = installer.obstacle() ?? (await failureOf(missing, aptRun, installer));
  aptRun.signal.throwIfAborted();
  const left = missing();
  if (left.length === 0) return;
  for (const program of left) aptRun.say(`${program.package} is not installed: without it ${program.without}`);
  const names = left.map((program) => program.package).join(' ');
  aptRun.say(
    `  they are not installed here, as ${obstacle ?? 'apt did not bring them'}; by hand: apt-get install ${names}`,
  );
}

async function failureOf(
  missing: () => readonly Program[],
  aptRun: AptRun,
  installer: Installer,
): Promise<string | undefined> {
  const services = missing().flatMap(({ service }) => service ?? []);
  try {
    await installer.install(() => Promise.resolve(missing().map((program) => program.package)), aptRun);
    await keepServicesStopped(services);
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}
