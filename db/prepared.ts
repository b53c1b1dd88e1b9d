/**
 * Drizzle looks anew, at every run of a prepared statement, at what each parameter and each column is: for the statements of a
 * booking that is more work than SQLite's own. Here it is looked at once, when the statement is made.
 *
 * Adapts drizzle-orm 0.45 over better-sqlite3; what it does not know is left to drizzle. Goes when drizzle's own `execute` plans its
 * columns and parameters once, or when the bench's row of holds is no worse than 5 % without it.
 */
import { Column, getTableName, is, Param, Placeholder, SQL } from 'drizzle-orm';

type Statement = {
  readonly source: string;
  readonly database: { prepare(source: string): Statement };
  run(...params: unknown[]): unknown;
  raw(on: boolean): { all(...params: unknown[]): unknown[][] };
};
type Decoder = { mapFromDriverValue(value: unknown): unknown };
type Encoder = { mapToDriverValue(value: unknown): unknown };
type Field = { path: string[]; field: unknown };
/** What drizzle's prepared statement over better-sqlite3 holds (drizzle-orm 0.45, better-sqlite3/session). */
type Held = {
  stmt: Statement;
  query: { params: unknown[] };
  fields?: Field[];
  joinsNotNullableMap?: Record<string, boolean>;
  customResultMapper?: unknown;
};
type Values = Record<string, unknown>;
type Row = Record<string, unknown>;
type Execute = (values?: Values) => Promise<unknown>;

/** The same as the statement's own `execute`; nothing for a shape this file does not know: then drizzle does the work. */
export function compiled(statement: object): Execute | undefined {
  const { stmt, query, fields, joinsNotNullableMap, customResultMapper } = statement as Partial<Held>;
  if (!stmt || !query || customResultMapper) return undefined;
  const params = query.params.map(parameter);
  const fill = (values: Values) => params.map((one) => one(values));
  if (!fields) return async (values = {}) => stmt.run(...fill(values));
  const read = reader(fields, joinsNotNullableMap ?? {});
  if (!read) return undefined;
  const rows = planned(stmt).raw(true);
  return async (values = {}) => rows.all(...fill(values)).map(read);
}

/**
 * SQLite with STAT4, as better-sqlite3 builds it, plans a join or a sort anew whenever a value it is compared with is bound: most of
 * such a statement's time. A value behind a plus is a value all the same, and none the planner looks into.
 */
function planned(stmt: Statement): Statement {
  return /^select /i.test(stmt.source) ? stmt.database.prepare(stmt.source.replace(/([=<>] )\?/g, '$1+?')) : stmt;
}

function parameter(given: unknown): (values: Values) => unknown {
  const named = (name: string, encode: (value: unknown) => unknown) => (values: Values) => {
    if (!(name in values)) throw new Error(`No value for placeholder "${name}" was provided`);
    return encode(values[name]);
  };
  if (is(given, Placeholder)) return named(given.name, (value) => value);
  if (is(given, Param) && is(given.value, Placeholder)) {
    const encoder = given.encoder as Encoder;
    return named(given.value.name, (value) => encoder.mapToDriverValue(value));
  }
  return () => given;
}

type Part = { index: number; name: string; decoder: Decoder };

/** Fields of the row itself, and of objects in it (`select({ person, role })`), one level deep. */
function reader(fields: readonly Field[], notNullable: Record<string, boolean>): ((row: unknown[]) => Row) | undefined {
  const own: Part[] = [];
  const inner = new Map<string, Part[]>();
  for (const [index, { path, field }] of fields.entries()) {
    const decoder = decoderOf(field);
    const [first, second, ...deeper] = path;
    if (!decoder || first === undefined || deeper.length > 0) return undefined;
    if (second === undefined) own.push({ index, name: first, decoder });
    else inner.set(first, [...(inner.get(first) ?? []), { index, name: second, decoder }]);
  }
  const objects = [...inner].map(([name, parts]) => ({ name, parts, missing: missingWhen(parts, fields, notNullable) }));
  return (row) => {
    const result: Row = {};
    for (const { index, name, decoder } of own) result[name] = decoded(row[index], decoder);
    for (const { name, parts, missing } of objects) {
      if (missing !== undefined && row[missing] === null) {
        result[name] = null;
        continue;
      }
      const object: Row = {};
      for (const part of parts) object[part.name] = decoded(row[part.index], part.decoder);
      result[name] = object;
    }
    return result;
  };
}

const decoded = (value: unknown, decoder: Decoder) => (value === null ? null : decoder.mapFromDriverValue(value));

function decoderOf(field: unknown): Decoder | undefined {
  if (is(field, Column)) return field as Decoder;
  const expression = is(field, SQL) ? field : is(field, SQL.Aliased) ? field.sql : undefined;
  return expression && (expression as unknown as { decoder: Decoder }).decoder;
}

/** The column whose null says that a left join found nothing: the first of an object all of one table that may be missing. */
function missingWhen(parts: readonly Part[], fields: readonly Field[], notNullable: Record<string, boolean>): number | undefined {
  const tables = parts.map(({ index }) => fields[index]?.field).map((field) => (is(field, Column) ? getTableName(field.table) : undefined));
  const [table] = tables;
  const may = table !== undefined && notNullable[table] === false && tables.every((one) => one === table);
  return may ? parts[0]?.index : undefined;
}
