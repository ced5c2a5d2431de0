import { cpus, totalmem } from 'node:os';
import type { Servers } from '@sorting-office/stack';
import { createConnection, type RowDataPacket } from 'mysql2/promise';

/** What a measurement was made on, and what would be lost had the machine lost its power. */
export interface Machine {
  processor: string;
  cores: number;
  memoryGb: number;
  node: string;
  servers: string;
  durability: string;
}

export async function describeMachine({ database, versions }: Servers): Promise<Machine> {
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 1024 ** 3),
    node: process.versions.node,
    servers: versions,
    durability: await durabilityOf(database.url),
  };
}

async function durabilityOf(url: string): Promise<string> {
  const connection = await createConnection(url);
  try {
    const [[row]] = await connection.query<RowDataPacket[]>(
      'SELECT @@innodb_flush_log_at_trx_commit AS log, @@sync_binlog AS sync, @@log_bin AS bin, @@innodb_buffer_pool_size AS memory',
    );
    const { log, sync, bin, memory } = row as { log: number; sync: number; bin: number; memory: number };
    return `innodb_flush_log_at_trx_commit=${log}, sync_binlog=${sync}, binary log ${bin ? 'on' : 'off'}, ${Math.round(memory / 1024 ** 2)} MB for its tables; quorum queues, confirms, persistent messages`;
  } finally {
    await connection.end();
  }
}
