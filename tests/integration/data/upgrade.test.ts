/** A database of every earlier version, with rows in all its tables, comes up to today and loses nothing. */
import { expect, inject, it } from 'vitest';
import { openDatabase } from '#db/open.server.ts';
import { freshDatabaseUrl } from '#tests/support/database.ts';
import { growing, type Raw, raw, statementsToFill, type Table, tablesOf, versions } from './old-database.ts';

/** What a migration takes away or calls otherwise, and where it is now. Whatever is not here must be as it was. */
const GONE: Record<string, string> = {
  'capability.level_of_confidence': 'read anew from the scope as `confidence`',
  'capability_import.mapping': 'kept per sheet in `sheets`',
  'claim.order_id': 'kept as `holder_id`, with its kind',
  'orders.dispute': 'kept as rows of `dispute` (disputes-upgrade.test.ts)',
  'orders.payout': 'kept as rows of `payout`',
  'service.decision_hours': 'kept as open hours in `answer_hours` (answer-hours-upgrade.test.ts)',
};

/** Today's names of tables that had another then. */
const RENAMED: Record<string, string> = { centre_proof: 'verification_request' };

/** Tables, columns, keys, references and indexes, in one order on both engines: how they came about does not matter. */
async function shape(db: Raw): Promise<string[]> {
  if (inject('engine') === 'postgresql') {
    const found = await db.rows<{ line: string }>(`
      SELECT 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '') AS line
        FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL SELECT 'rule ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
      UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'`);
    return found.map(({ line }) => line).sort();
  }
  const tables = await db.rows<{ name: string }>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`);
  const found: string[] = [];
  for (const { name } of tables) {
    for (const column of await db.rows<object>(`SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_xinfo('${name}')`))
      found.push(`${name} ${JSON.stringify(column)}`);
    for (const reference of await db.rows<object>(
      `SELECT "table", "from", "to", on_update, on_delete FROM pragma_foreign_key_list('${name}')`,
    ))
      found.push(`${name} ${JSON.stringify(reference)}`);
  }
  const indexes = await db.rows<{ sql: string }>(`SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL`);
  return [...found, ...indexes.map(({ sql }) => sql)].sort();
}

type Rows = Map<string, string[]>;

/** What every table of that time holds, by the columns it had then and still has. */
async function contents(db: Raw, tables: Table[], nameNow = (name: string) => name): Promise<Rows> {
  const found: Rows = new Map();
  for (const { name, columns } of tables.filter((table) => !GONE[table.name])) {
    const kept = Object.keys(columns).filter((column) => !GONE[`${name}.${column}`]);
    const rows = await db.rows<object>(`SELECT ${kept.map((column) => `"${column}"`).join(', ')} FROM "${nameNow(name)}"`);
    found.set(name, rows.map((row) => JSON.stringify(row)).sort());
  }
  return found;
}

it('a database of every earlier version is brought up to date, has the tables of a new one, and loses nothing', async () => {
  const fresh = await raw(await freshDatabaseUrl());
  const wanted = await shape(fresh);
  await fresh.close();
  const database = await growing();
  for (const [version, tag] of versions().entries()) {
    await database.step();
    const url = await database.copy();
    const tables = tablesOf(version);
    const old = await raw(url);
    await old.run(statementsToFill(tables));
    const before = await contents(old, tables);
    await old.close();

    const db = openDatabase(url);
    await db.migrate();
    await db.close();

    const upgraded = await raw(url);
    const after = await contents(upgraded, tables, (name) => RENAMED[name] ?? name);
    for (const [name, rows] of before) {
      expect(rows, `${tag}: ${name} was filled`).toHaveLength(3);
      expect(after.get(name), `${tag}: ${name}`).toEqual(expect.arrayContaining(rows));
    }
    expect(await shape(upgraded), tag).toEqual(wanted);
    if (inject('engine') === 'sqlite') expect(await upgraded.rows('SELECT * FROM pragma_foreign_key_check'), tag).toEqual([]);
    await upgraded.close();
  }
});
