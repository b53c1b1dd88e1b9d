import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { isTransient } from './errors.ts';
import { MIGRATIONS } from './folder.ts';
import type { Database, DatabaseOptions } from './open.server.ts';
import type { Queries } from './queries.ts';
import { asTransaction, LOCK_WAIT_MS, refuseNested } from './transaction.server.ts';

/** Under SERIALIZABLE somebody always gets through; so many losses in a row mean something else is wrong. */
const MOST_TRIES = 60;
/** Any fixed number: migrations of all processes queue on this advisory lock. */
const MIGRATION_LOCK = 7_240_117;

const handle = (client: pg.Pool | pg.PoolClient) => drizzle({ client: client as pg.Pool, casing: 'snake_case' }) as unknown as Queries;

/** SERIALIZABLE transactions, run again when PostgreSQL says their order could not be kept. */
export function openPostgresql(url: string, { readReplicas = [], poolSize = 10, lockWaitMs = LOCK_WAIT_MS }: DatabaseOptions): Database {
  const connect = (connectionString: string) =>
    new pg.Pool({
      connectionString,
      max: poolSize,
      // Connections that all wait for one lock come free after `lockWaitMs`: whoever queues for one waits a little longer.
      connectionTimeoutMillis: 2 * lockWaitMs,
      // Not as a parameter of the connection: poolers in between refuse those.
      onConnect: async (client) => {
        await client.query(`SET lock_timeout = ${lockWaitMs}`);
      },
    });
  const primary = connect(url);
  const replicas = readReplicas.map(connect);
  for (const pool of [primary, ...replicas]) pool.on('error', () => {}); // a lost idle connection is replaced on next use
  const readers = (replicas.length > 0 ? replicas : [primary]).map(handle);
  /** One handle per connection, so that its prepared statements are found again. */
  const handles = new WeakMap<pg.PoolClient, Queries>();
  let turn = 0;

  const attempt = async <T>(work: (tx: Queries) => Promise<T>): Promise<T> => {
    const client = await primary.connect();
    const tx = handles.get(client) ?? handle(client);
    handles.set(client, tx);
    let broken: Error | undefined;
    try {
      await client.query('BEGIN ISOLATION LEVEL SERIALIZABLE');
      const value = await asTransaction(() => work(tx));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK').catch((e: Error) => {
        broken = e;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  };

  return {
    read: (work) => work(readers[turn++ % readers.length] as Queries),
    write: async (work) => {
      refuseNested();
      for (let tries = 1; ; tries++) {
        try {
          return await attempt(work);
        } catch (error) {
          if (!isTransient(error) || tries >= MOST_TRIES) throw error;
          await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** tries, 64)));
        }
      }
    },
    settle: async () => {},
    migrate: async () => {
      const client = await primary.connect();
      try {
        // Another process may take long over its migrations.
        await client.query('SET lock_timeout = 0');
        await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
        await migrate(drizzle({ client: client as unknown as pg.Pool, casing: 'snake_case' }), {
          migrationsFolder: join(MIGRATIONS, 'postgresql'),
        });
      } finally {
        await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
        await client.query(`SET lock_timeout = ${lockWaitMs}`).catch(() => {});
        client.release();
      }
    },
    close: async () => {
      await Promise.all([primary, ...replicas].map((pool) => pool.end()));
    },
  };
}
