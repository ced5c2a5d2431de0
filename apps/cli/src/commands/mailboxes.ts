import { table } from '../render/table';
import { moment } from '../render/text';
import type { Outcome, Session } from '../session';

/** Every mailbox that is connected, the newest first. */
export async function listMailboxes(session: Session): Promise<Outcome> {
  const items = await session.api().mailboxes();
  return {
    document: { items },
    render: (style) =>
      items.length === 0
        ? 'No mailbox is connected: `office sort PATH` connects one and sorts it.'
        : table(
            [{ title: 'id' }, { title: 'name' }, { title: 'connected' }, { title: 'addresses' }, { title: 'path' }],
            items.map(({ id, name, path, addresses, createdAt }) => [
              id,
              name,
              moment(createdAt),
              addresses.join(', '),
              path,
            ]),
            style,
          ),
  };
}
