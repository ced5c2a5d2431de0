import stringWidth from 'string-width';
import type { FoundMail, SearchResult } from '../api/schemas';
import type { Style } from './style';
import { cut, moment, plural, printable } from './text';

const indent = ' '.repeat('2002-08-22 18:26:25'.length + 2);

/** Mails that were found, the newest first, with how many there are and what was understood of the question. */
export function renderSearch({ query, mails, total }: SearchResult, style: Style): string {
  const shown = mails.length < total ? `, of which the newest ${mails.length} are shown` : '';
  return [
    ...mails.map((mail) => renderMail(mail, style)),
    [
      style.colors.bold(`${plural(total, 'mail')} found${shown}`),
      style.colors.dim(`understood: ${understood(query) || 'nothing to look for'}`),
    ].join('\n'),
  ].join('\n\n');
}

function renderMail({ from, subject, sentAt, folder, category, snippet }: FoundMail, { colors, width }: Style): string {
  const room = Math.max(20, width - indent.length);
  const place = [category ?? 'not sorted', folder].map(printable).join(' in ');
  const sender = cut(
    printable(from.name ? `${from.name} <${from.address}>` : from.address),
    room - stringWidth(place) - 2,
  );
  return [
    `${colors.dim(moment(sentAt).padEnd(indent.length))}${sender}  ${colors.cyan(place)}`,
    indent + colors.bold(cut(printable(subject) || '(no subject)', room)),
    ...(snippet ? [indent + colors.dim(cut(printable(snippet), room))] : []),
  ].join('\n');
}

/** `text: linux, kernel; from: Ivan`. Parts that are empty mean nothing. */
function understood(query: SearchResult['query']): string {
  return Object.entries(query)
    .map(([part, value]) => [part, words(value)] as const)
    .filter(([, value]) => value !== '')
    .map(([part, value]) => `${printable(part)}: ${value}`)
    .join('; ');
}

function words(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map(words).join(', ');
  return printable(typeof value === 'string' ? value : JSON.stringify(value));
}
