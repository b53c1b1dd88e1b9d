import { engineOf } from './engine.ts';
import { openPostgresql } from './postgresql.server.ts';
import type { Queries } from './queries.ts';
import { openSqlite } from './sqlite.server.ts';

/** The only door to the data. Nothing outside db/ knows which engine stands behind it. */
export type Database = {
  /** Reads outside any transaction: sees what is committed, never what another request has open. */
  read<T>(work: (q: Queries) => Promise<T>): Promise<T>;
  /**
   * All of it or nothing. `work` may be run again after a serialization failure: it must do nothing but queries
   * (effects go through the outbox, the network is never awaited in here).
   * @throws Error when called inside another write.
   */
  write<T>(work: (tx: Queries) => Promise<T>): Promise<T>;
  /** Brings what is committed into the main file of SQLite at once; left alone, it is there some seconds later. */
  settle(): Promise<void>;
  /** Brings the tables up to date; safe from several processes at once. */
  migrate(): Promise<void>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readReplicas?: string[];
  poolSize?: number;
  /** How long a lock that somebody else holds is waited for; then the work fails, and `isOutOfReach` says so of its error. */
  lockWaitMs?: number;
};

/** @param url `postgres://…`, or the path of an SQLite file. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  return engineOf(url) === 'postgresql' ? openPostgresql(url, options) : openSqlite(url, options);
}
