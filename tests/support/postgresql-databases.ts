/**
 * Databases of PostgreSQL for tests. To make one the server copies ten megabytes of files, half a second and more on a busy machine, for a few rows;
 * so what a test leaves is emptied, looked at and given to the next. One whose tables or settings are not the template's any more is dropped.
 */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** Past it, rows are not deleted one by one. */
const SMALL_BYTES = 65_536;

/** Tables, columns, rules, indexes, applied migrations, and what the database itself has been told. */
const LOOK = `
  SELECT md5(string_agg(line, ';' ORDER BY line)) AS look FROM (
    SELECT table_name || '.' || column_name || data_type || is_nullable || coalesce(column_default, '') AS line FROM information_schema.columns WHERE table_schema IN ('public', 'drizzle')
    UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT hash || created_at FROM drizzle.__drizzle_migrations
    UNION ALL SELECT tgname FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT nspname FROM pg_namespace WHERE nspname NOT LIKE 'pg\\_t%'
    UNION ALL SELECT array_to_string(setconfig, ',') FROM pg_db_role_setting WHERE setdatabase = (SELECT oid FROM pg_database WHERE datname = current_database())
  ) AS lines`;

async function on<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @param like the database it is a copy of; `template1` is empty */
export async function createDatabase(server: string, like: string): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await on(`${server}/postgres`, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${like} STRATEGY FILE_COPY`));
  return `${server}/${name}`;
}

export const dropDatabase = (url: string) =>
  on(url.replace(/[^/]+$/, 'postgres'), (client) => client.query(`DROP DATABASE ${nameOf(url)} WITH (FORCE)`));

const nameOf = (url: string) => new URL(url).pathname.slice(1);

/** Once per server: the list of databases nobody has, and how the template looks. */
export async function beginDatabases(server: string): Promise<string> {
  await on(`${server}/postgres`, (client) => client.query('CREATE TABLE free_database (name text PRIMARY KEY)'));
  return on(`${server}/template_hengji`, async (client) => (await client.query(LOOK)).rows[0].look);
}

/** A migrated database without a row. */
export async function takeDatabase(server: string): Promise<string> {
  const { rows } = await on(`${server}/postgres`, (client) =>
    client.query('DELETE FROM free_database WHERE name = (SELECT name FROM free_database LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING name'),
  );
  return rows[0] ? `${server}/${rows[0].name}` : createDatabase(server, 'template_hengji');
}

/** @param look how it has to look to be taken again */
export async function giveBack(url: string, look: string): Promise<void> {
  const postgres = url.replace(/[^/]+$/, 'postgres');
  await on(postgres, (client) => leaveAlone(client, nameOf(url)));
  if (!(await on(url, (client) => empty(client, look)).catch(() => false))) return void (await dropDatabase(url));
  await on(postgres, (client) => client.query('INSERT INTO free_database VALUES ($1)', [nameOf(url)]));
}

/** What a test has left open may hold locks, and would write into the next one's rows. */
async function leaveAlone(client: pg.Client, name: string): Promise<void> {
  const others = `FROM pg_stat_activity WHERE datname = '${name}' AND backend_type = 'client backend'`;
  for (;;) {
    const { rows } = await client.query(`SELECT pg_terminate_backend(pid) ${others}`);
    if (rows.length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function empty(client: pg.Client, look: string): Promise<boolean> {
  const { rows: tables } = await client.query(
    `SELECT format('%I.%I', schemaname, tablename) AS name, pg_relation_size(format('%I.%I', schemaname, tablename)::regclass) AS bytes FROM pg_tables WHERE schemaname = 'public'`,
  );
  const { rows: sequences } = await client.query(
    `SELECT format('%I.%I', schemaname, sequencename) AS name FROM pg_sequences WHERE schemaname = 'public'`,
  );
  const used = tables.filter(({ bytes }) => Number(bytes) > 0);
  const large = used.filter(({ bytes }) => Number(bytes) > SMALL_BYTES);
  await client.query(
    [
      // Nothing refers to anything while everything goes.
      'SET session_replication_role = replica',
      ...(large.length > 0 ? [`TRUNCATE ${large.map(({ name }) => name).join(', ')} CASCADE`] : []),
      ...used.filter((table) => !large.includes(table)).map(({ name }) => `DELETE FROM ${name}`),
      ...sequences.map(({ name }) => `ALTER SEQUENCE ${name} RESTART`),
    ].join('; '),
  );
  return (await client.query(LOOK)).rows[0].look === look;
}
