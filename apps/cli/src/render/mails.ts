import stringWidth from 'string-width';
import type { FoundMail, SearchResult } from '../api/schemas';
import type { Style } from './style';
import { cut, moment, plural, printable } from './text';

const indent = ' '.repeat('2002-08-22 18:26:25'.length + 2);

/** Mails that were found, how many there are, and what was understood of the question and what was not. */
export function renderSearch(result: SearchResult, style: Style): string {
  const { mails, notUnderstood, next } = result;
  const { bold, dim, yellow } = style.colors;
  return [
    ...mails.map((mail) => renderMail(mail, style)),
    [
      bold(counted(result)),
      dim(`understood: ${understood(result) || 'nothing to look for'}`),
      ...notUnderstood.map(({ said, reason }) => yellow(`not understood: "${printable(said)}": ${printable(reason)}`)),
      ...(next === null ? [] : [dim(`there are more: add --cursor ${printable(next)}`)]),
    ].join('\n'),
  ].join('\n\n');
}

function counted({ mails, total, totalIsExact }: SearchResult): string {
  const shown = mails.length < total ? `, of which ${mails.length} are shown` : '';
  return `${totalIsExact ? '' : 'at least '}${plural(total, 'mail')} found${shown}`;
}

function renderMail(mail: FoundMail, { colors, width }: Style): string {
  const { from, subject, sentAt, folder, category, snippet } = mail;
  const room = Math.max(20, width - indent.length);
  const place = [category ?? 'not sorted', folder].map(printable).join(' in ');
  const sender = cut(
    printable(from.name ? `${from.name} <${from.address}>` : from.address),
    room - stringWidth(place) - 2,
  );
  return [
    `${colors.dim(moment(sentAt).padEnd(indent.length))}${sender}  ${colors.cyan(place)}`,
    indent + colors.bold(cut(printable(subject) || '(no subject)', room)),
    ...(snippet ? [indent + marked(mail, room, colors)] : []),
  ].join('\n');
}

/** `"від Івана" = from:Івана (Іван Петренко, Ivan Koval)`. What was typed as an operator says itself. */
const understood = ({ chips }: SearchResult): string =>
  chips
    .map(({ said, operator, people = [] }) => {
      const meant =
        people.length > 0 ? ` (${people.map(({ name, address }) => printable(name || address)).join(', ')})` : '';
      return `${said === operator ? '' : `"${printable(said)}" = `}${printable(operator)}${meant}`;
    })
    .join('; ');

/** A snippet on one line, as wide as there is room, with what was looked for in bold. */
function marked({ snippet, hits }: FoundMail, columns: number, { bold, dim }: Style['colors']): string {
  const shown = cut(printable(snippet), columns);
  // What is not printable was replaced, and the places would lie elsewhere.
  if (shown !== snippet && !snippet.startsWith(shown.replace(/…$/, ''))) return dim(shown);
  let text = '';
  let at = 0;
  for (const [start, end] of hits.filter((hit) => hit[1] <= shown.length)) {
    text += dim(shown.slice(at, start)) + bold(shown.slice(start, end));
    at = end;
  }
  return text + dim(shown.slice(at));
}
