/** Collects lines, and lets a test wait for one instead of sleeping. */
export class Said {
  readonly lines: string[] = [];
  readonly #waiting = new Set<() => void>();

  readonly say = (line: string): void => {
    this.lines.push(line);
    for (const look of this.#waiting) look();
  };

  /** Resolves with the first line, said already or yet to come, that matches. */
  heard(pattern: RegExp): Promise<string> {
    return new Promise((resolve) => {
      const look = () => {
        const line = this.lines.find((candidate) => pattern.test(candidate));
        if (line === undefined) return;
        this.#waiting.delete(look);
        resolve(line);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
