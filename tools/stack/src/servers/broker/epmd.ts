import { once } from 'node:events';
import { connect } from 'node:net';

/** Resolves when Erlang's name server accepts connections on this port of 127.0.0.1. */
export async function epmdAnswers(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}
