import type { OfficeApi } from '../api/client';
import { errorDocument, exitCodes, OfficeError } from '../errors';
import { renderError } from '../render/errors';
import type { Style } from '../render/style';
import { printable } from '../render/text';
import type { Outcome, Session } from '../session';

/** What came of one of several: for programs, and as a line for people. */
export interface Done {
  readonly document: object;
  readonly line: string;
}

type One = { id: string; done: Done } | { id: string; error: OfficeError };

/** Does something with several ids, one after the other; what one of them is refused for does not keep the others from it. */
export async function forEach(
  ids: readonly string[],
  session: Session,
  act: (api: OfficeApi, id: string) => Promise<Done>,
): Promise<Outcome> {
  const api = session.api();
  const all: One[] = [];
  for (const id of ids) {
    try {
      all.push({ id, done: await act(api, id) });
    } catch (error) {
      if (!(error instanceof OfficeError) || session.surroundings.signal.aborted) throw error;
      all.push({ id, error });
    }
  }
  const line = (one: One, style: Style) =>
    `${printable(one.id)}  ${'done' in one ? printable(one.done.line) : renderError(one.error, style)}`;
  return {
    document: {
      items: all.map((one) => ({ id: one.id, ...('done' in one ? one.done.document : errorDocument(one.error)) })),
    },
    render: (style) => all.map((one) => line(one, style)).join('\n'),
    exitCode: all.some((one) => 'error' in one) ? exitCodes.failed : exitCodes.ok,
  };
}
