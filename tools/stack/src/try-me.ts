import { startServers } from './index';
import { sourcesInOrder } from './servers/resolve';
for (let i = 0; i < 6; i++) {
  try {
    const s = await startServers({ sources: sourcesInOrder({}) });
    await s.stop();
    console.log('ok');
  } catch (e) {
    console.log('FAIL', (e as Error).message);
  }
}
