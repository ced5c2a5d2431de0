import type { Socket } from 'node:net';

/** One direction of a link: bytes in their order, each held back for as long as the proxy says at the time. */
export class Lane {
  readonly #to: Socket;
  readonly #delayMs: () => number;
  readonly #held: { due: number; send: () => void }[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor(to: Socket, delayMs: () => number) {
    this.#to = to;
    this.#delayMs = delayMs;
  }

  send(bytes: Buffer): void {
    this.#later(() => this.#to.write(bytes));
  }

  end(): void {
    this.#later(() => this.#to.end());
  }

  destroy(): void {
    this.#later(() => this.#to.destroy());
  }

  #later(send: () => void): void {
    const delay = this.#delayMs();
    if (delay === 0 && this.#held.length === 0) {
      if (!this.#to.destroyed) send();
      return;
    }
    const last = this.#held.at(-1)?.due ?? 0;
    this.#held.push({ due: Math.max(last, performance.now() + delay), send });
    this.#arm();
  }

  #arm(): void {
    const [first] = this.#held;
    if (!first || this.#timer) return;
    this.#timer = setTimeout(
      () => {
        this.#timer = null;
        const now = performance.now();
        while (this.#held[0] && this.#held[0].due <= now) {
          const next = this.#held.shift();
          if (!this.#to.destroyed) next?.send();
        }
        this.#arm();
      },
      Math.max(1, first.due - performance.now()),
    );
  }
}
