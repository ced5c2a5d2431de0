// Stands in for the CLI in tests of the start: `token create` prints another token each time, named after its scope.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const made = existsSync('tokens') ? readFileSync('tokens', 'utf8').trim().split('\n').length : 0;
const token = `${process.argv.includes('--operator') ? 'operator' : 'owner'}-${made + 1}`;
appendFileSync('tokens', `${token}\n`);
process.stdout.write(`${token}\n`);
