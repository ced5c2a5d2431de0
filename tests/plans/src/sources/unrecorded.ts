/** What {@link sitesIn} finds and no unit of work sends, or what sends nothing at all. */
export interface Unrecorded {
  /** A file, or a folder. */
  readonly place: string;
  /** Why no plan of it is read. */
  readonly reason: string;
}

export const unrecorded: readonly Unrecorded[] = [
  { place: 'libs/db/src/schema/migrations/', reason: 'migrations run once, and change tables as a whole' },
  { place: 'libs/db/src/schema/migrate.ts', reason: 'runs migrations, and takes the lock under which they run' },
  { place: 'libs/db/src/connection.ts', reason: 'sets up sessions' },
  { place: 'libs/db/src/idle-allowance.ts', reason: 'sets the time of silence of its session' },
  { place: 'libs/db/src/database.ts', reason: 'asks for one session in the list of processes, and ends it' },
  { place: 'libs/db/src/unit-of-work.ts', reason: 'passes on what others send: each of them is a place of its own' },
  { place: 'libs/db/src/transaction.ts', reason: 'passes on what others send, and ends the transaction' },
  { place: 'libs/db/src/bounded-statements.ts', reason: 'passes on what others send' },
  { place: 'apps/cli/src/doctor/database.ts', reason: 'asks the server for its version' },
];
