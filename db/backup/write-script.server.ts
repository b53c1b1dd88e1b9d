/**
 * A database of PostgreSQL as a compressed script. Written by hand in what every PostgreSQL reads: the statements of the migrations it has been
 * through, its rows as COPY writes them, its sequences, its references. `gunzip -c FILE | psql --single-transaction -v ON_ERROR_STOP=1 URL`
 * puts it into an empty database, without any of this code.
 */
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { to } from 'pg-copy-streams';
import { MIGRATIONS } from '../folder.ts';
import type { FileRow } from './back-up.server.ts';
import { FILES_TOLD } from './files-told.server.ts';

/** The first line says what follows, the last one that nothing is missing. */
export const FIRST_LINE = '-- Hengji backup of PostgreSQL, form 1: ';
export const LAST_LINE = '-- whole: ';
export const ROWS_FOLLOW = /^COPY (.+) FROM stdin;$/;
export const ROWS_END = '\\.';

type Found = { name: string; definition: string }[];

/** Tables of ours: `public`, and what drizzle knows of applied migrations. */
const OURS = `n.nspname IN ('public', 'drizzle')`;
/** What is computed from other columns is computed again. */
const TABLES = `
  SELECT format('%I.%I', n.nspname, c.relname) AS name, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) AS definition
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
  WHERE c.relkind = 'r' AND ${OURS} GROUP BY n.nspname, c.relname ORDER BY n.nspname, c.relname`;
const REFERENCES = `
  SELECT format('ALTER TABLE %s DROP CONSTRAINT %I;', k.conrelid::regclass, k.conname) AS name,
    format('ALTER TABLE %s ADD CONSTRAINT %I %s;', k.conrelid::regclass, k.conname, pg_get_constraintdef(k.oid)) AS definition
  FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace WHERE k.contype = 'f' AND ${OURS} ORDER BY 1`;
const SEQUENCES = `
  SELECT format('%I.%I', schemaname, sequencename) AS name,
    format('SELECT setval(%L, %s, %L);', format('%I.%I', schemaname, sequencename), coalesce(last_value, start_value), last_value IS NOT NULL) AS definition
  FROM pg_sequences WHERE schemaname IN ('public', 'drizzle') ORDER BY 1`;
const MADE = `CREATE SCHEMA drizzle;
CREATE TABLE drizzle.__drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at bigint);
`;

/** @throws Error in words for people: no database of ours, or one this code does not know */
export async function writeScript(url: string, file: string): Promise<FileRow[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    // One state of everything, and nobody waits for it.
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0; SET LOCAL search_path = ''`);
    const found = async (statement: string): Promise<Found> => (await client.query(statement)).rows;
    const tables = await found(TABLES);
    if (!tables.some(({ name }) => name === 'drizzle.__drizzle_migrations'))
      throw new Error('there are no tables of Hengji in this database');
    const made = await statementsUpTo(client);
    await pipeline(
      Readable.from(script(client, made, tables, await found(REFERENCES), await found(SEQUENCES))),
      createGzip(),
      createWriteStream(file),
    );
    await client.query('SET LOCAL search_path = public');
    return (await client.query(FILES_TOLD)).rows as FileRow[];
  } finally {
    await client.end();
  }
}

/** What has made these tables: the migrations the database has been through, as this code has them. */
async function statementsUpTo(client: pg.Client): Promise<{ at: number; statements: string }> {
  const { rows } = await client.query('SELECT max(created_at)::bigint AS at FROM drizzle.__drizzle_migrations');
  const at = Number(rows[0]?.at);
  const known = readMigrationFiles({ migrationsFolder: join(MIGRATIONS, 'postgresql') });
  if (!known.some(({ folderMillis }) => folderMillis === at))
    throw new Error('the database is of another version than this code: use the code that serves it');
  const statements = known.filter(({ folderMillis }) => folderMillis <= at).flatMap(({ sql }) => sql);
  return { at, statements: statements.map((text) => `${text.trim()}\n`).join('') };
}

async function* script(
  client: pg.Client,
  made: { at: number; statements: string },
  tables: Found,
  references: Found,
  sequences: Found,
): AsyncGenerator<string | Buffer> {
  yield `${FIRST_LINE}${JSON.stringify({ at: new Date().toISOString(), migration: made.at })}\n`;
  yield `SET client_encoding = 'UTF8';\n${MADE}${made.statements}`;
  // Rows of the tables are put down table by table: references hold again when all are there.
  yield `${references.map(({ name }) => name).join('\n')}\nTRUNCATE ${tables.map(({ name }) => name).join(', ')};\n`;
  let rows = 0;
  for (const { name, definition } of tables) {
    yield `COPY ${name} (${definition}) FROM stdin;\n`;
    const reading = client.query(to(`COPY ${name} (${definition}) TO STDOUT`));
    yield* reading;
    rows += reading.rowCount;
    yield `${ROWS_END}\n`;
  }
  yield `${sequences.map(({ definition }) => definition).join('\n')}\n${references.map(({ definition }) => definition).join('\n')}\n`;
  yield `${LAST_LINE}${rows} rows\n`;
}
