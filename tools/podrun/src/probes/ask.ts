import { get } from 'node:http';
import { LocalProcess, type Launch } from '../process/local-process';
import type { Container } from '../spec/container';
import type { PortReference, Probe } from '../spec/probe';
import { PodrunError } from '../errors';

/** Whom a probe asks. */
export interface Target {
  readonly ip: string;
  readonly ports: Container['ports'];
  /** The container's own process; a program that is asked runs beside it. */
  readonly launch: Launch;
}

/** Asks once; resolves to what the kubelet would take the answer for. Too late is no. */
export async function ask(probe: Probe, target: Target, stopped: AbortSignal): Promise<boolean> {
  const signal = AbortSignal.any([stopped, AbortSignal.timeout(probe.timeoutSeconds * 1000)]);
  if (probe.httpGet) return askServer(probe.httpGet, target, signal);
  return runProgram(probe.exec?.command ?? [], target.launch, signal);
}

/** The number of a container's port. @throws PodrunError MISSING_REFERENCE when no port has the name */
export function portNumber(port: PortReference, ports: Container['ports']): number {
  if (typeof port === 'number') return port;
  const named = ports.find(({ name }) => name === port);
  if (!named) throw new PodrunError('MISSING_REFERENCE', `no port of the container is called ${port}`);
  return named.containerPort;
}

/** A connection for each question, as the kubelet's: 200 to 399 is yes. */
function askServer(
  { path, port, httpHeaders }: NonNullable<Probe['httpGet']>,
  { ip, ports }: Target,
  signal: AbortSignal,
): Promise<boolean> {
  const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
  return new Promise((resolve) => {
    get({ host: ip, port: portNumber(port, ports), path, headers, agent: false, signal }, (response) => {
      response.resume();
      const status = response.statusCode ?? 0;
      resolve(status >= 200 && status < 400);
    }).once('error', () => resolve(false));
  });
}

/** Whether a program of a container ends well before the signal aborts; otherwise it is killed. */
export async function runProgram(
  [file = '', ...args]: readonly string[],
  launch: Launch,
  signal: AbortSignal,
): Promise<boolean> {
  if (signal.aborted) return false;
  const program = new LocalProcess({ ...launch, file, args });
  const kill = () => program.kill();
  signal.addEventListener('abort', kill, { once: true });
  const { code } = await program.exited;
  signal.removeEventListener('abort', kill);
  return code === 0;
}
