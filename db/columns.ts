/**
 * One kit of column builders, two engines. Each builder is made for the engine of this process and typed as SQLite's, so that
 * the schema and every query are written once. What differs between the engines stays behind this file.
 */
import * as p from 'drizzle-orm/pg-core';
import * as s from 'drizzle-orm/sqlite-core';
import { engine } from './engine.ts';

const pick = <S>(sqlite: S, postgresql: unknown): S => (engine === 'sqlite' ? sqlite : (postgresql as S));

export const table = pick(s.sqliteTable, p.pgTable);
export const index = pick(s.index, p.index);
export const uniqueIndex = pick(s.uniqueIndex, p.uniqueIndex);
export const primaryKey = pick(s.primaryKey, p.primaryKey);

export const text = pick(
  () => s.text(),
  () => p.text(),
);
/** UUIDv7 as text: time-ordered, the same on both engines. */
export const id = pick(
  () => s.text(),
  () => p.text(),
);
export const int = pick(
  () => s.integer({ mode: 'number' }),
  () => p.integer(),
);
/** Whole numbers past 2³¹: instants, money, counters. */
const big = pick(
  () => s.integer({ mode: 'number' }),
  () => p.bigint({ mode: 'number' }),
);
/** Money in integer 分. */
export const cents = big;
/** UTC milliseconds since the epoch. */
export const instant = big;
export const whole = big;
export const real = pick(
  () => s.real(),
  () => p.doublePrecision(),
);
export const bool = pick(
  () => s.integer({ mode: 'boolean' }),
  () => p.boolean(),
);
export const json = pick(
  () => s.text({ mode: 'json' }),
  () => p.jsonb(),
);
/** A number the engine hands out in ascending order. PostgreSQL may commit them out of order. */
export const sequence = pick(
  () => s.integer({ mode: 'number' }).primaryKey({ autoIncrement: true }),
  () => p.bigserial({ mode: 'number' }).primaryKey(),
);
