import type { Channel } from 'amqplib';

/**
 * Closes a channel. Resolves once it is closed, by us or by itself; never rejects.
 *
 * amqplib's own promise waits for the server's answer for ever when the connection goes first, but the channel says that it has closed.
 */
export async function closeChannel(channel: Channel): Promise<void> {
  const gone = new Promise<void>((resolve) => channel.once('close', resolve));
  const asked = channel.close().catch(() => {
    // Closed already, which is what was wanted.
  });
  await Promise.race([asked, gone]);
}
