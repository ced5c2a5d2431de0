import { containersOf, ours, place } from '../pods';
import { environmentOf } from './environment';
import type { Rule } from './rule';

/** Programs that take paths of mailboxes refuse those that are not in the volume of mail. */
export const mailboxesAreBounded: Rule = (objects) =>
  ours(objects).flatMap((workload) =>
    containersOf(workload)
      .filter(({ name }) => name === 'api' || name === 'worker')
      .flatMap((container) => {
        const root = environmentOf(container, objects)['MAILBOX_ROOT'];
        const mail = container.volumeMounts.find(({ name }) => name === 'mail');
        if (root === undefined) return [`${place(workload, container)}: opens mailboxes anywhere`];
        if (mail && mail.mountPath !== root)
          return [`${place(workload, container)}: MAILBOX_ROOT is ${root}, and mail is at ${mail.mountPath}`];
        return [];
      }),
  );
