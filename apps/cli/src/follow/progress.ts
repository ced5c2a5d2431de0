/** Where following tells how far it is; what becomes of it is for the renderer to say. */
export interface Progress {
  /** One line that stays: something that the user should know. */
  readonly note: (line: string) => void;
  /** One line for whoever watches: what is being done. */
  readonly phase: (line: string) => void;
  /** So many of so many. */
  readonly step: (done: number, total: number) => void;
  /** Nothing more will come. */
  readonly end: () => void;
}
