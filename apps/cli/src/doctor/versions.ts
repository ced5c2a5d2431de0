import { version } from '../version';
import { type Finding, ok, wrong } from './finding';

/** The oldest Node that every package runs on, as [major, minor]. */
const oldest = [20, 19] as const;

/** Which Node runs this, and which build this is. */
export function examineVersions(node: string): Finding[] {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const fits = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return [
    fits ? ok('node', node) : wrong('node', `${node} is too old`, `Install Node ${oldest.join('.')} or newer.`),
    ok('build', version),
  ];
}
