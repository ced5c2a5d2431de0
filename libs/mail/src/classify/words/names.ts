// Names of programs and of senders that tell what kind of mail they send. They are parts of regular expressions.
import { phrases } from '../phrases';

const anyOf = (text: string): string => `(?:${phrases(text).join('|')})`;

/** Programs that people write mail with and spammers do not pretend to use. */
export const mailPrograms = anyOf(`
  mutt, pine, alpine, elm, gnus, emacs, kmail, thunderbird, mozilla, evolution, sylpheed, claws, apple mail, iphone mail,
  ipad mail, exmh, nmh, mew, vm \\d, squirrelmail, roundcube, k-9, geary, eudora, lotus notes, ximian, wanderlust, opera m2,
  mailspring, fairemail
`);

/** In the name or address of a publication. */
export const publications = anyOf(`
  news, newsletters?, digest, daily, weekly, updates?, editors?, bulletins?, headlines, subscriptions?, subscriber, mailer,
  dispatch, journal, gazette, alerts?, розсилк[аи], новини
`);

/** What the address of a program begins with, and the whole of it before the @. */
export const programs = anyOf(`
  notifications?, notify, alerts?, automat, robot, bot, system, server, daemon, monitor
`);
export const systemUsers = anyOf(`
  root, nobody, www-data, apache, nginx, cron, daemon, logwatch, postmaster, mailer-daemon, jenkins, nagios, zabbix, rss\\w*, feeds?
`);

/** In the file name of a document of a purchase. */
export const documents = anyOf(`
  invoice, receipt, rechnung, ticket, order, boarding, рахунок, чек, квиток, квитанц, накладна
`);
