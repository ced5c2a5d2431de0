import { createHash } from 'node:crypto';
import type { PodTemplate } from '../spec/pod';

/** What tells the pods of one template from those of another: the value of their label `pod-template-hash`. */
export function templateHash(template: PodTemplate): string {
  return createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10);
}
