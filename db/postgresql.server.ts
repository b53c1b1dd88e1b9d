import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { DatabaseTrouble, isLost, isOutOfReach, isSilent, isTransient, isUnsent, isUnwritable } from './errors.ts';
import { MIGRATIONS } from './folder.ts';
import { lines, lockNumbers } from './lines.ts';
import type { Database, DatabaseOptions } from './open.server.ts';
import type { Queries } from './queries.ts';
import { asTransaction, LOCK_WAIT_MS, refuseNested } from './transaction.server.ts';

/** Under SERIALIZABLE somebody always gets through; so many losses in a row mean something else is wrong. */
const MOST_TRIES = 60;
/** A restart ends every connection of the pool, and a server that was read-only may not be so for a new one. */
const MOST_CONNECTIONS = 3;
/** Any fixed number: migrations of all processes queue on this advisory lock. */
const MIGRATION_LOCK = 7_240_117;
/** A replica that did not answer is left alone for so long. */
const REPLICA_REST_MS = 10_000;
/** The server ends a statement that takes too long; only when it does not even do that, we give up on it. */
const SILENCE_MS = 1_000;

const handle = (client: pg.Pool | pg.PoolClient) => drizzle({ client: client as pg.Pool, casing: 'snake_case' }) as unknown as Queries;

type Replica = { q: Queries; restsUntil: number };

/** SERIALIZABLE transactions, run again when PostgreSQL says their order could not be kept. */
export function openPostgresql(
  url: string,
  {
    readReplicas = [],
    poolSize = 10,
    lockWaitMs = LOCK_WAIT_MS,
    connectMs = 10_000,
    statementMs = 20_000,
    idleMs = 10_000,
  }: DatabaseOptions,
): Database {
  const born = new WeakMap<pg.PoolClient, number>();
  /** A server that has become read-only is not the primary any more, or is full: connections from before are not used for writing again. */
  let refusedAt = 0;
  const connect = (connectionString: string) => {
    const pool = new pg.Pool({
      connectionString,
      max: poolSize,
      connectionTimeoutMillis: connectMs,
      idleTimeoutMillis: idleMs,
      query_timeout: statementMs + SILENCE_MS,
      keepAlive: true,
      // Not as parameters of the connection: poolers in between refuse those.
      onConnect: async (client) => {
        await client.query(
          `SET lock_timeout = ${lockWaitMs}; SET statement_timeout = ${statementMs}; SET idle_in_transaction_session_timeout = ${statementMs}`,
        );
      },
    });
    // A connection that breaks says so as an event too, to the pool while it is idle and to nobody while it is lent: what is asked of it next
    // fails, which is where it is dealt with.
    pool
      .on('error', () => {})
      .on('connect', (client) => {
        client.on('error', () => {});
        born.set(client, Date.now());
      });
    return pool;
  };
  const primary = connect(url);
  const onPrimary = handle(primary);
  const pools = readReplicas.map(connect);
  const replicas = pools.map((pool): Replica => ({ q: handle(pool), restsUntil: 0 }));
  /** One handle per connection, so that its prepared statements are found again. */
  const handles = new WeakMap<pg.PoolClient, Queries>();
  const inLine = lines(lockWaitMs);
  let turn = 0;

  const lend = async (): Promise<pg.PoolClient> => {
    for (;;) {
      const client = await primary.connect();
      if ((born.get(client) ?? 0) >= refusedAt) return client;
      client.release(true);
    }
  };

  const attempt = async <T>(work: (tx: Queries) => Promise<T>, locks: readonly bigint[]): Promise<T> => {
    const client = await lend();
    const tx = handles.get(client) ?? handle(client);
    handles.set(client, tx);
    const end = (how: 'COMMIT' | 'ROLLBACK') => client.query(locks.length > 0 ? `${how}; SELECT pg_advisory_unlock_all()` : how);
    let broken: Error | undefined;
    let committing = false;
    try {
      // Before the transaction: what it sees is settled by its first statement, and must hold what the one before has committed.
      if (locks.length > 0) await client.query(`SELECT ${locks.map((lock) => `pg_advisory_lock(${lock})`).join(', ')}`);
      await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
      const value = await asTransaction(() => work(tx));
      committing = true;
      await end('COMMIT');
      return value;
    } catch (error) {
      if (isLost(error) || isSilent(error)) broken = error as Error;
      else
        await end('ROLLBACK').catch((e: Error) => {
          broken = e;
        });
      if (isUnwritable(error)) {
        broken ??= error as Error;
        refusedAt = Date.now();
      }
      if (committing && (isLost(error) || isSilent(error)) && !isUnsent(error))
        throw new DatabaseTrouble('COMMIT_UNSURE', 'the connection broke while a transaction was committed', { cause: error });
      throw error;
    } finally {
      client.release(broken);
    }
  };

  /** Tries again what may be, and says of a connection that broke that nothing was changed on it. */
  const persistently = async <T>(once: () => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries++) {
      try {
        return await once();
      } catch (error) {
        if (error instanceof DatabaseTrouble) throw error;
        const lost = isLost(error);
        if (tries >= (isTransient(error) ? MOST_TRIES : lost || isUnwritable(error) ? MOST_CONNECTIONS : 0)) {
          if (!lost && !isSilent(error)) throw error;
          throw new DatabaseTrouble('CONNECTION_LOST', 'the database did not answer', { cause: error });
        }
        await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** tries, 64)));
      }
    }
  };

  return {
    read: async (work, mayLag) => {
      const replica = mayLag && replicas[turn++ % replicas.length];
      if (replica && replica.restsUntil < Date.now()) {
        try {
          return await work(replica.q);
        } catch (error) {
          // A replica may also end a statement because what it reads has been removed on the primary.
          if (!isLost(error) && !isSilent(error) && !isOutOfReach(error)) throw error;
          if (!isTransient(error)) replica.restsUntil = Date.now() + REPLICA_REST_MS;
        }
      }
      return persistently(() => work(onPrimary));
    },
    write: async (work, line) => {
      refuseNested();
      const names = line ? await persistently(() => line(onPrimary)) : [];
      const locks = lockNumbers(names);
      return inLine(names, () => persistently(() => attempt(work, locks)));
    },
    settle: async () => {},
    migrate: async () => {
      // A connection of its own: another process may take long over its migrations, and so may this one.
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: connectMs });
      client.on('error', () => {});
      await client.connect();
      try {
        await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await migrate(drizzle({ client, casing: 'snake_case' }), { migrationsFolder: join(MIGRATIONS, 'postgresql') });
      } finally {
        await client.end();
      }
    },
    close: async () => {
      await Promise.all([primary, ...pools].map((pool) => pool.end()));
    },
  };
}
