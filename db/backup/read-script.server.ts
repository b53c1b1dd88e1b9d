/** Puts what write-script.server.ts wrote into a database of PostgreSQL, in one transaction. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { newest } from '../migrated.server.ts';
import type { FileRow } from './back-up.server.ts';
import { FILES_TOLD } from './files-told.server.ts';
import { FIRST_LINE, LAST_LINE, ROWS_END, ROWS_FOLLOW } from './write-script.server.ts';

export const newerThanThis = () => new Error('the backup is of a newer version than this code: install that version first');
const TABLES = `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('public', 'drizzle') ORDER BY 1`;
const OTHERS = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`;

/** @throws Error in words for people; then nothing is changed */
export async function readScript(url: string, file: string, replace: boolean): Promise<FileRow[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('BEGIN; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 5000; SET LOCAL search_path = public');
    const tables = (await client.query(TABLES)).rows.map(({ name }) => name as string);
    if (tables.length > 0) await makeRoom(client, tables, replace);
    await play(client, lines(file), file);
    const files = (await client.query(FILES_TOLD)).rows as FileRow[];
    await client.query('COMMIT');
    return files;
  } finally {
    // What was not committed is undone with the connection.
    await client.end();
  }
}

async function makeRoom(client: pg.Client, tables: string[], replace: boolean): Promise<void> {
  if (!replace) throw new Error(`the database holds ${tables.length} tables already; --replace lets them go`);
  if ((await client.query(OTHERS)).rows[0].n > 0) throw new Error('others are connected to the database: stop the site first');
  await client.query(`DROP TABLE ${tables.join(', ')} CASCADE; DROP SCHEMA IF EXISTS drizzle CASCADE`);
}

async function play(client: pg.Client, script: AsyncGenerator<Buffer>, file: string): Promise<void> {
  let statements = '';
  let rows = 0;
  let whole = false;
  let first = true;
  for await (const line of script) {
    const text = line.toString();
    if (first) judge(text, file);
    first = false;
    const [, what] = ROWS_FOLLOW.exec(text) ?? [];
    if (what) {
      await client.query(statements);
      statements = '';
      rows += await take(client, what, script);
    } else if (text.startsWith(LAST_LINE)) whole = text === `${LAST_LINE}${rows} rows`;
    else statements += `${text}\n`;
  }
  if (!whole) throw new Error(`${file} is cut off or damaged`);
  await client.query(statements);
}

function judge(line: string, file: string): void {
  if (!line.startsWith(FIRST_LINE)) throw new Error(`${file} is no backup of Hengji`);
  if (JSON.parse(line.slice(FIRST_LINE.length)).migration > newest('postgresql')) throw newerThanThis();
}

const NEW_LINE = Buffer.from('\n');
const END = Buffer.from(ROWS_END);

/** The rows of one table, up to their end. */
async function take(client: pg.Client, what: string, script: AsyncGenerator<Buffer>): Promise<number> {
  const table = client.query(from(`COPY ${what} FROM STDIN`));
  const taken = finished(table);
  taken.catch(() => {});
  for (;;) {
    const { value, done } = await script.next();
    if (done || value.equals(END)) break;
    table.write(Buffer.concat([value, NEW_LINE]));
    if (table.writableNeedDrain) await Promise.race([once(table, 'drain'), taken]);
  }
  table.end();
  await taken;
  return table.rowCount;
}

/** @throws Error in words for people when the file is no whole one */
async function* lines(file: string): AsyncGenerator<Buffer> {
  let rest: Buffer[] = [];
  try {
    for await (const chunk of createReadStream(file).pipe(createGunzip()) as AsyncIterable<Buffer>) {
      let at = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, at)) {
        rest.push(chunk.subarray(at, end));
        yield rest.length === 1 ? (rest[0] as Buffer) : Buffer.concat(rest);
        rest = [];
        at = end + 1;
      }
      rest.push(chunk.subarray(at));
    }
  } catch (error) {
    throw new Error(`${file} is cut off or damaged: ${(error as Error).message}`, { cause: error });
  }
}
