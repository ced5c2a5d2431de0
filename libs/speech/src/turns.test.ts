import { Turns } from './turns';

describe('turns', () => {
  /** Work that ends when it is told to. */
  class Work {
    began = false;
    end: () => void = () => undefined;
    readonly run = () => {
      this.began = true;
      return new Promise<void>((resolve) => (this.end = resolve));
    };
  }

  const never = new AbortController().signal;
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  test('so many run at a time, the others in their order', async () => {
    const turns = new Turns(2);
    const works = [new Work(), new Work(), new Work(), new Work()] as const;
    const taken = works.map((work) => turns.take(work.run, never));
    const begun = () => works.map(({ began }) => began);
    await settled();
    expect(begun()).toEqual([true, true, false, false]);
    works[1].end();
    await settled();
    expect(begun()).toEqual([true, true, true, false]);
    works[0].end();
    await settled();
    works[2].end();
    works[3].end();
    await Promise.all(taken);
  });

  test('what fails makes room as well', async () => {
    const turns = new Turns(1);
    const failing = turns.take(() => Promise.reject(new Error('no')), never);
    const next = turns.take(() => Promise.resolve('yes'), never);
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
    expect(await turns.take(() => Promise.resolve('again'), never)).toBe('again');
  });

  test('whoever leaves the queue is not waited for, and takes nobody’s turn', async () => {
    const turns = new Turns(1);
    const first = new Work();
    const running = turns.take(first.run, never);
    const leaving = new AbortController();
    const left = new Work();
    const leaver = turns.take(left.run, leaving.signal);
    const next = turns.take(() => Promise.resolve('yes'), never);
    leaving.abort(new Error('enough'));
    await expect(leaver).rejects.toThrow('enough');
    first.end();
    await running;
    expect(await next).toBe('yes');
    expect(left.began).toBe(false);
    await expect(turns.take(left.run, leaving.signal)).rejects.toThrow('enough');
    expect(left.began).toBe(false);
  });
});
