/**
 * A whole file beside a scope: what its rows would add, change and leave, and which rows of the scope it does not have. A row that was not
 * taken (not understood, undecided, left out) is in the file all the same: what it may correspond to is never said to be missing.
 */
import { nameKey } from '../rules/capability.ts';
import { toBase } from '../rules/units/quantities.ts';
import { type ChangedRow, compareScope, ScopeIndex, type StoredRow, type StoredValues, sameNumber, valuesOf } from './compare-scope.ts';
import type { ScopeRow } from './judge-row.ts';
import { type RangeContext, readRange } from './range-text.ts';
import type { ReviewRow } from './review-rows.ts';

export type Outcome = 'added' | 'changed' | 'same';

export interface FileDifference {
  /** The rows, those that need no decision because the scope says the same already marked as such. */
  rows: ReviewRow[];
  added: StoredValues[];
  changed: (Omit<ChangedRow, 'at'> & { key: string })[];
  same: number;
  /** What comes of the rows that are taken, by their keys. */
  outcomes: Map<string, Outcome>;
  /** Rows of the scope no row of the file corresponds to. */
  missing: StoredRow[];
  /** Rows of the scope a row that was not taken may correspond to. */
  waiting: StoredRow[];
}

export interface FileFacts {
  /** Null: rows keep what they have. */
  accreditationId: string | null;
  /** What a row says under each answer its open questions may have; its lines together. */
  readingsOf(row: ReviewRow): ScopeRow[][];
  parseUnit: RangeContext['parseUnit'];
}

export function compareFile(scope: readonly StoredRow[], given: readonly ReviewRow[], facts: FileFacts): FileDifference {
  const index = new ScopeIndex(scope);
  const lines = given.flatMap((row) =>
    row.state === 'ok' ? row.rows.map((one) => ({ key: row.key, values: valuesOf(one, facts.accreditationId) })) : [],
  );
  const outcomes = new Map<string, Outcome>();
  const settled = new Set<string>();
  let same = 0;
  const difference = compareScope(
    index,
    lines.map(({ values }) => values),
    () => {
      for (const row of index.empty ? [] : given) {
        if (row.state !== 'review') continue;
        const count = settle(row, index, facts);
        if (count === 0) continue;
        settled.add(row.key);
        same += count;
      }
    },
  );
  const note = (at: number, outcome: Outcome) => {
    const { key } = lines[at]!;
    const before = outcomes.get(key);
    // Of several lines the one says most that says something new.
    if (before === undefined || before === 'same' || outcome === 'changed') outcomes.set(key, outcome);
  };
  for (const at of difference.same) note(at, 'same');
  for (const { at } of difference.added) note(at, 'added');
  for (const { at } of difference.changed) note(at, 'changed');
  for (const key of settled) outcomes.set(key, 'same');
  const rows = given.map((row) => (settled.has(row.key) ? { ...row, state: 'ok' as const, settled: true } : row));
  const waiting = correspondents(
    difference.left,
    rows.filter(({ state }) => state !== 'ok'),
    facts,
  );
  return {
    rows,
    added: difference.added.map(({ values }) => values),
    changed: difference.changed.map(({ at, ...change }) => ({ ...change, key: lines[at]!.key })),
    same: same + difference.same.length,
    outcomes,
    missing: difference.left.filter((row) => !waiting.has(row)),
    waiting: difference.left.filter((row) => waiting.has(row)),
  };
}

/** Takes the rows of the scope that say what the row says under one of its readings. @returns how many; 0: under none */
function settle(row: ReviewRow, index: ScopeIndex, facts: FileFacts): number {
  for (const reading of facts.readingsOf(row)) {
    const found = reading.map((one) => index.findAlike(valuesOf(one, facts.accreditationId)));
    if (found.length === 0 || found.some((stored) => !stored) || new Set(found).size < found.length) continue;
    for (const stored of found) index.take(stored!);
    return found.length;
  }
  return 0;
}

/** Rows of the scope that rows which were not taken may be: by instrument, specification and range, as far as these are known. */
function correspondents(scope: readonly StoredRow[], untaken: readonly ReviewRow[], facts: FileFacts): Set<StoredRow> {
  const found = new Set<StoredRow>();
  if (scope.length === 0) return found;
  const byName = new Map<string, StoredRow[]>();
  for (const row of scope)
    for (const name of new Set([nameKey(row.instrumentZh), nameKey(row.instrumentEn)].filter(Boolean)))
      if (!byName.get(name)?.push(row)) byName.set(name, [row]);
  for (const { text } of untaken) {
    const names = [text.instrument, text.instrument_en].flatMap((name) => (name ? [nameKey(name)] : []));
    const method = text.method && numberOf(text.method);
    const ranges = rangesOf(text, facts);
    const candidates = names.length === 0 ? scope : names.flatMap((name) => byName.get(name) ?? []);
    for (const row of candidates) {
      if (method && row.method && numberOf(row.method) !== method) continue;
      if (ranges && !ranges.some(({ min, max }) => sameNumber(min, row.baseMin) && sameNumber(max, row.baseMax))) continue;
      found.add(row);
    }
  }
  return found;
}

/** JJG 21-2008 and JJG21-2008 are one specification. */
const numberOf = (method: string): string => nameKey(method).replace(/\s/g, '');

/** The ends of a row's ranges in base units; undefined where one of them cannot be read: it may be any. */
function rangesOf(text: ReviewRow['text'], { parseUnit }: FileFacts): { min: number; max: number }[] | undefined {
  const unit = text.unit ? parseUnit(text.unit) : undefined;
  const written = text.range ?? (text.range_min && text.range_max ? `${text.range_min}~${text.range_max}` : '');
  const ranges: { min: number; max: number }[] = [];
  for (const line of written.split(/\r?\n/).filter((one) => one.trim() !== '')) {
    const read = readRange(line, { parseUnit, ...(unit?.ok ? { unit: unit.unit } : {}) });
    if (!read.ok) return undefined;
    ranges.push({ min: toBase(read.min, read.unit), max: toBase(read.max, read.unit) });
  }
  return ranges.length > 0 ? ranges : undefined;
}
