import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { isTransient } from './errors.ts';
import { MIGRATIONS } from './folder.ts';
import type { Database, DatabaseOptions } from './open.server.ts';
import type { Queries } from './queries.ts';
import { keepStatements } from './statement-cache.ts';
import { asTransaction, LOCK_WAIT_MS, refuseNested } from './transaction.server.ts';

type Job = { work: (tx: Queries) => Promise<unknown>; resolve: (value: unknown) => void; reject: (error: unknown) => void };
type Outcome = { value: unknown } | { error: unknown };

/** At most so many writes share one commit: bounds how long the first of them waits for the last. */
const MOST_PER_COMMIT = 32;
/** A try to get the write lock blocks the thread for no more than a moment; between tries others have their turn. */
const TRY_MS = 2;
/** What is committed lies in the main file after this time without work, and not for ever in the -wal beside it: people copy main files. */
const SETTLE_MS = 5_000;
/** Reading waits in one go: only what locks the whole file keeps a reader out. */
const READ_WAIT_MS = 5_000;

/**
 * One connection writes, behind a queue; a second one, read-only, reads. With a single connection a reader would see, and join,
 * the transaction another request has open.
 *
 * Writes that are waiting together are committed together, each in a savepoint of its own: one fsync serves all of them,
 * a failing one undoes only itself, and nobody is answered before the commit is on the disk.
 */
export function openSqlite(path: string, { lockWaitMs = LOCK_WAIT_MS }: DatabaseOptions = {}): Database {
  mkdirSync(dirname(path), { recursive: true });
  const writer = new Sqlite(path);
  writer.pragma('journal_mode = WAL');
  writer.pragma('synchronous = FULL'); // a paid booking survives power loss
  writer.pragma('foreign_keys = ON');
  // What a savepoint would go back to: left to itself, SQLite writes it to a file of its own, once per booking.
  writer.pragma('temp_store = MEMORY');
  // 40 MB: the same pages are written by booking after booking, and go into the file once per checkpoint instead of once per 4 MB.
  writer.pragma('wal_autocheckpoint = 10000');
  writer.pragma(`busy_timeout = ${TRY_MS}`);
  const reader = new Sqlite(path, { readonly: true });
  reader.pragma(`busy_timeout = ${Math.min(READ_WAIT_MS, lockWaitMs)}`);
  reader.pragma('cache_size = -32000');

  const tx = drizzle({ client: keepStatements(writer), casing: 'snake_case' }) as unknown as Queries;
  const q = drizzle({ client: keepStatements(reader), casing: 'snake_case' }) as unknown as Queries;
  const statement = Object.fromEntries(
    ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', 'SAVEPOINT work', 'RELEASE work', 'ROLLBACK TO work'].map((text) => [
      text,
      writer.prepare(text),
    ]),
  );
  const run = (text: string) => statement[text]?.run();

  let queue: Job[] = [];
  let draining: Promise<void> | undefined;

  const begin = async () => {
    for (const until = Date.now() + lockWaitMs; ; ) {
      try {
        run('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isTransient(error) || Date.now() > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1 + Math.random() * 8));
      }
    }
  };

  const runOne = async (job: Job): Promise<Outcome> => {
    run('SAVEPOINT work');
    try {
      const value = await asTransaction(() => job.work(tx));
      run('RELEASE work');
      return { value };
    } catch (error) {
      // Some failures (disk full) end the whole transaction: then there is no savepoint left to go back to.
      if (!writer.inTransaction) throw error;
      run('ROLLBACK TO work');
      run('RELEASE work');
      return { error };
    }
  };

  const commitTogether = async (jobs: Job[]) => {
    try {
      await begin();
      const outcomes: Outcome[] = [];
      for (const job of jobs) outcomes.push(await runOne(job));
      run('COMMIT');
      for (const [i, job] of jobs.entries()) {
        const outcome = outcomes[i] as Outcome;
        if ('error' in outcome) job.reject(outcome.error);
        else job.resolve(outcome.value);
      }
    } catch (error) {
      if (writer.inTransaction) run('ROLLBACK');
      for (const job of jobs) job.reject(error);
    }
  };

  // Passive: it waits for nobody and nobody waits for it. What a reader in another process still needs is left for the next time.
  const settle = (): boolean => {
    const [done] = writer.pragma('wal_checkpoint(PASSIVE)') as { busy: number; log: number; checkpointed: number }[];
    return done?.busy === 0 && done.log === done.checkpointed;
  };
  let settling: NodeJS.Timeout | undefined;
  const settleWhenIdle = () => {
    // What was asked to write after the end was refused; there is nothing to bring in.
    if (!writer.open) return;
    settling ??= setTimeout(() => {
      settling = undefined;
      if (draining || !settle()) settleWhenIdle();
    }, SETTLE_MS).unref();
  };

  const drain = async () => {
    while (queue.length > 0) {
      const jobs = queue.slice(0, MOST_PER_COMMIT);
      queue = queue.slice(MOST_PER_COMMIT);
      await commitTogether(jobs);
    }
    draining = undefined;
    settleWhenIdle();
  };

  return {
    // A query of drizzle is run anew each time it is awaited: who keeps what was read keeps a promise.
    read: async (work) => work(q),
    write: <T>(work: (tx: Queries) => Promise<T>) => {
      refuseNested();
      return new Promise<T>((resolve, reject) => {
        queue.push({ work, resolve: resolve as Job['resolve'], reject });
        // A turn of the event loop lets the writes of requests that arrived together share the commit.
        draining ??= new Promise<void>((next) => setImmediate(next)).then(drain);
      });
    },
    settle: async () => {
      await draining;
      settle();
    },
    migrate: async () => {
      writer.pragma('busy_timeout = 15000');
      writer.pragma('foreign_keys = OFF');
      migrate(drizzle({ client: writer, casing: 'snake_case' }), { migrationsFolder: join(MIGRATIONS, 'sqlite') });
      writer.pragma('foreign_keys = ON');
      settle();
      writer.pragma(`busy_timeout = ${TRY_MS}`);
    },
    close: async () => {
      await draining;
      clearTimeout(settling);
      reader.close();
      writer.close();
    },
  };
}
