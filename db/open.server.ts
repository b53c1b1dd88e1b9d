import { engineOf } from './engine.ts';
import { openPostgresql } from './postgresql.server.ts';
import type { Queries } from './queries.ts';
import { openSqlite } from './sqlite.server.ts';

/**
 * What may be read from a replica, which can be behind by seconds: reports over weeks, and pages for everybody that follow nobody's write.
 * Who reads anything else sees what has been committed.
 */
export type MayLag = 'reports' | 'public';

/** The only door to the data. Nothing outside db/ knows which engine stands behind it. */
export type Database = {
  /**
   * Reads outside any transaction: sees what is committed, never what another request has open. `work` may be run again when a connection
   * breaks, or elsewhere when a replica does not answer.
   */
  read<T>(work: (q: Queries) => Promise<T>, mayLag?: MayLag): Promise<T>;
  /**
   * All of it or nothing. `work` may be run again after a serialization failure: it must do nothing but queries
   * (effects go through the outbox, the network is never awaited in here).
   * @param line names what many write at once (a pool's slots): where writes run side by side, those of one name go one after the other,
   * also between processes. It only spares work undone and done again; what is right does not depend on it
   * @throws Error when called inside another write.
   */
  write<T>(work: (tx: Queries) => Promise<T>, line?: (q: Queries) => Promise<readonly string[]>): Promise<T>;
  /** Brings what is committed into the main file of SQLite at once; left alone, it is there some seconds later. */
  settle(): Promise<void>;
  /** Brings the tables up to date; safe from several processes at once. */
  migrate(): Promise<void>;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  readReplicas?: string[];
  /** Connections to PostgreSQL, to the primary and to each replica. */
  poolSize?: number;
  /** How long a connection is waited for, a free one or a new one. */
  connectMs?: number;
  /** How long a statement may take, waiting for locks included. */
  statementMs?: number;
  /** How long a connection nobody needs is kept. */
  idleMs?: number;
  /** How long a lock that somebody else holds is waited for; then the work fails, and `isOutOfReach` says so of its error. */
  lockWaitMs?: number;
};

/** @param url `postgres://…`, or the path of an SQLite file. */
export function openDatabase(url: string, options: DatabaseOptions = {}): Database {
  return engineOf(url) === 'postgresql' ? openPostgresql(url, options) : openSqlite(url, options);
}
