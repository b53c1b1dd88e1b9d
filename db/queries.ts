import { sql } from 'drizzle-orm';
import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core';
import { compiled } from './prepared.ts';

/** What both engines' drizzle handles can do. `.get()`, `.all()` and `.run()` are SQLite's alone: await the builder instead. */
export type Queries = Pick<
  BaseSQLiteDatabase<'async', unknown>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | 'with' | '$with' | '$count'
>;

type Preparable = { prepare(name?: string): unknown };
type Prepared<B> = B extends { prepare(...args: never[]): { execute(values?: Record<string, unknown>): infer R } }
  ? { execute(values?: Record<string, unknown>): Promise<Awaited<R>> }
  : never;

const prepared = new WeakMap<object, Map<string, unknown>>();

/**
 * A statement built once per connection: `await prepare(tx, 'orders.by-number', (q) => q.select()…).execute({ number })`.
 * Worth it on the paths that are walked for every booking; elsewhere build the query where it is read.
 * @param name unique in the product: on PostgreSQL it is the statement's name.
 */
export function prepare<B extends Preparable>(q: Queries, name: string, build: (q: Queries) => B): Prepared<B> {
  const statements = prepared.get(q) ?? new Map<string, unknown>();
  prepared.set(q, statements);
  const known = statements.get(name);
  if (known) return known as Prepared<B>;
  const made = build(q).prepare(name) as object;
  const execute = compiled(made);
  const statement = execute ? { execute } : made;
  statements.set(name, statement);
  return statement as Prepared<B>;
}

/** PostgreSQL gives sums and counts as text: here they are numbers on both engines; no rows sum to 0. */
export const sumOf = (column: unknown) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);
export const countAll = () => sql<number>`count(*)`.mapWith(Number);

/** Statements of so many rows: within what both engines take as parameters. */
const CHUNK = 200;

export const chunks = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, i) => list.slice(i * CHUNK, (i + 1) * CHUNK));
