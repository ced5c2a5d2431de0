/** Where a server of a peer lives, and who ends it. */
export interface ServerPlace {
  /** The folder of the servers that the benchmark has started: what lies in it is removed with them. */
  home: string;
  /** Ends the server as soon as it aborts. */
  signal: AbortSignal;
  /** Tells in one line what goes on. */
  say: (line: string) => void;
}

/** A server that only this run of the benchmarks uses. */
export interface PeerServer {
  /** Its address with user and password. */
  url: string;
  /** What it is, and what would be lost had the machine lost its power. */
  about: string;
  stop(): Promise<void>;
}
