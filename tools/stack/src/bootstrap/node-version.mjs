const OLDEST = { major: 20, minor: 19 };

/**
 * What is wrong with this version of Node.
 * @param {string} version e.g. "20.20.2"
 * @returns {string | undefined} undefined when it will do
 */
export function whyNotThisNode(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return undefined;
  return `Node ${OLDEST.major}.${OLDEST.minor} or newer is needed, and this is ${version}: see https://nodejs.org/`;
}
