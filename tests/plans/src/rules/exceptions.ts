/** A statement that may read more than {@link excess} allows, as what it reads has another bound, or is what it is asked for. */
export interface Exception {
  /** Where it is sent. */
  readonly file: string;
  /** What its text has; absent: every statement of the file. */
  readonly like?: RegExp;
  readonly reason: string;
  /** The most that it reads in the large database. */
  readonly reads: number;
}

export const exceptions: readonly Exception[] = [];
