import { EventEmitter, once } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Availability } from './availability';

/** A pod as far as it matters here. */
class Pod extends EventEmitter<{ change: [] }> {
  ready = false;
  become(ready: boolean): void {
    this.ready = ready;
    this.emit('change');
  }
}

it('counts a pod when it has been ready for so long without a break', async () => {
  const pod = new Pod();
  const told = new EventEmitter();
  const soon = new Availability(pod, 50, () => told.emit('soon'));
  const late = new Availability(pod, 600_000, () => told.emit('late'));
  for (let times = 0; times < 2; times++) {
    pod.become(true);
    expect(soon.available).toBe(false);
    await once(told, 'soon');
    // Whatever is due by now has been told.
    await nextTurn();
    expect([soon.available, late.available]).toEqual([true, false]);
    pod.become(false);
    expect(soon.available).toBe(false);
  }
});
