import { join } from 'node:path';

/** The Nx of this workspace as a command: without its daemon, which would outlive us, and its full-screen display. */
export function nxCommand(
  workspace: string,
  args: readonly string[],
): { file: string; args: string[]; env: NodeJS.ProcessEnv } {
  return {
    file: process.execPath,
    args: [join(workspace, 'node_modules', '.bin', 'nx'), ...args],
    env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' },
  };
}
