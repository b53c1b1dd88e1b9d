/** An imported scope beside the one a centre has: what is new, what says something else now, what is missing. */
import type { capability } from '#db/schema/capability.ts';
import { declaredRange, nameKey, type SecondParameter } from '../rules/capability.ts';
import { chineseField } from '../rules/fields.ts';
import { termsOf } from '../search/row-groups.ts';
import type { ScopeRow } from './judge-row.ts';

/** The columns a file says something about. */
export const STATED = [
  'fieldZh',
  'instrumentZh',
  'instrumentEn',
  'measurandZh',
  'measurandEn',
  'method',
  'rangeMin',
  'rangeMax',
  'unit',
  'baseMin',
  'baseMax',
  'kind',
  'uncertainty',
  'uncertaintyText',
  'secondParameters',
  'coverageFactor',
  'confidence',
  'comparisonFactor',
  'designation',
  'conditionsZh',
  'conditionsEn',
  'accreditationId',
] as const;

export type StoredValues = Pick<typeof capability.$inferSelect, (typeof STATED)[number]>;
export type StoredRow = StoredValues & { id: string };

export interface ChangedRow {
  /** Place among the rows given. */
  at: number;
  id: string;
  before: StoredRow;
  values: StoredValues;
}

export interface ScopeDifference {
  added: { at: number; values: StoredValues }[];
  changed: ChangedRow[];
  /** Places of the rows that say what the scope says. */
  same: number[];
  /** Rows of the scope that none of the rows given is. */
  left: StoredRow[];
}

/** A file is compared anew after every decision, and most of its rows say what they said before. */
const valued = new WeakMap<ScopeRow, StoredValues>();

/** The columns a row is stored in. */
export function valuesOf(row: ScopeRow, accreditationId: string | null): Readonly<StoredValues> {
  const known = valued.get(row);
  if (known?.accreditationId === accreditationId) return known;
  const values = columnsOf(row, accreditationId);
  valued.set(row, values);
  return values;
}

function columnsOf(row: ScopeRow, accreditationId: string | null): StoredValues {
  const { base } = declaredRange(row.min, row.max, row.unit)!;
  return {
    fieldZh: chineseField(row.field),
    instrumentZh: row.instrumentZh,
    instrumentEn: row.instrumentEn,
    measurandZh: row.measurandZh,
    measurandEn: row.measurandEn,
    method: row.method,
    rangeMin: row.min,
    rangeMax: row.max,
    unit: row.unit.code,
    baseMin: base.min,
    baseMax: base.max,
    kind: row.unit.kind,
    uncertainty: row.uncertainty,
    uncertaintyText: row.uncertaintyText,
    secondParameters: row.parameters,
    coverageFactor: row.k,
    confidence: row.confidence,
    comparisonFactor: row.comparisonFactor,
    designation: row.designation,
    conditionsZh: row.conditionsZh,
    conditionsEn: row.conditionsEn,
    accreditationId,
  };
}

/** Past the twelfth digit numbers differ by the way they were worked out. */
const significant = (value: number) => Number(value.toPrecision(12));

export const sameNumber = (a: number, b: number): boolean => a === b || significant(a) === significant(b);

type NameKey = (name: string) => string;

/** What a row speaks of. The same end written in another unit is the same end. */
const subjectOf = (row: StoredValues, instrument: string, measurand: string, key: NameKey): string =>
  [
    key(instrument),
    key(measurand),
    key(row.method),
    row.kind,
    significant(row.baseMin),
    significant(row.baseMax),
    key(row.designation),
    termsOf({ conditions: row.conditionsZh, parameters: row.secondParameters as SecondParameter[] }),
  ].join('\u0000');

/** What rows speak of, by the rows: the same ones are compared many times. */
const subjects = new WeakMap<StoredValues, { own: string; english?: string }>();

/** A scope to find rows in; a row that is taken is found no more. */
export class ScopeIndex {
  readonly #byKey = new Map<string, StoredRow[]>();
  readonly #taken = new Set<StoredRow>();
  readonly #rows: readonly StoredRow[];
  /** A scope names few instruments many times. */
  readonly #names = new Map<string, string>();

  constructor(rows: readonly StoredRow[]) {
    this.#rows = rows;
    for (const row of rows)
      for (const key of new Set([this.keyOf(row), this.#englishKeyOf(row)]))
        if (!this.#byKey.get(key)?.push(row)) this.#byKey.set(key, [row]);
  }

  /** Rows of one key are the same row at two times: what they speak of is equal, what they say of it may differ. */
  keyOf(row: StoredValues): string {
    const known = subjects.get(row);
    if (known) return known.own;
    const own = subjectOf(row, row.instrumentZh, row.measurandZh || row.measurandEn, this.#nameKey);
    subjects.set(row, { own });
    return own;
  }

  /** A file in English alone speaks of the same row by its other name. */
  #englishKeyOf(row: StoredValues): string {
    const own = this.keyOf(row);
    if (!row.instrumentEn) return own;
    const known = subjects.get(row)!;
    known.english ??= subjectOf(row, row.instrumentEn, row.measurandEn || row.measurandZh, this.#nameKey);
    return known.english;
  }

  readonly #nameKey = (name: string): string => {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    const key = nameKey(name);
    this.#names.set(name, key);
    return key;
  };

  get empty(): boolean {
    return this.#rows.length === 0;
  }

  /** The first that speaks of the same. */
  find(row: StoredValues, key = this.keyOf(row)): StoredRow | undefined {
    return this.#byKey.get(key)?.find((stored) => !this.#taken.has(stored));
  }

  /** The first that says the same. */
  findAlike(row: StoredValues, key = this.keyOf(row)): StoredRow | undefined {
    return this.#byKey.get(key)?.find((stored) => !this.#taken.has(stored) && saysTheSame(row, stored));
  }

  take(row: StoredRow): void {
    this.#taken.add(row);
  }

  left(): StoredRow[] {
    return this.#rows.filter((row) => !this.#taken.has(row));
  }
}

/**
 * Rows that say just the same find one another first: of two that speak of the same, neither is taken for the other.
 * @param between is called when the rows that say the same are taken, before any is taken for changed
 */
export function compareScope(
  stored: readonly StoredRow[] | ScopeIndex,
  rows: readonly StoredValues[],
  between: () => void = () => {},
): ScopeDifference {
  const scope = stored instanceof ScopeIndex ? stored : new ScopeIndex(stored);
  const difference: ScopeDifference = { added: [], changed: [], same: [], left: [] };
  const others: { at: number; row: StoredValues; key: string }[] = [];
  for (const [at, row] of rows.entries()) {
    const key = scope.keyOf(row);
    const alike = scope.findAlike(row, key);
    if (alike) {
      scope.take(alike);
      difference.same.push(at);
    } else others.push({ at, row, key });
  }
  between();
  for (const { at, row, key } of others) {
    const before = scope.find(row, key);
    if (before) {
      scope.take(before);
      difference.changed.push({ at, id: before.id, before, values: keeping(row, before) });
    } else difference.added.push({ at, values: row });
  }
  difference.left = scope.left();
  return difference;
}

function saysTheSame(row: StoredValues, stored: StoredRow): boolean {
  // What differs most often is looked at first.
  if (row.coverageFactor !== stored.coverageFactor || !equal(row.uncertainty, stored.uncertainty)) return false;
  const values = keeping(row, stored);
  return STATED.every((column) => NOT_COMPARED.has(column) || equal(values[column], stored[column]));
}

/** Two ways of writing one U are no difference. The base-unit ends follow from the ends as written. */
const NOT_COMPARED = new Set<(typeof STATED)[number]>(['uncertaintyText', 'baseMin', 'baseMax']);

/** Values as JSON keeps them: PostgreSQL gives the keys of an object in another order. */
function equal(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a === 'number' && typeof b === 'number') return sameNumber(a, b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [keys, others] = [Object.keys(a), Object.keys(b)] as (keyof typeof a)[][];
  return keys!.length === others!.length && keys!.every((key) => equal(a[key], b[key]));
}

/**
 * A file in one language takes no name of the other away, one without an accreditation takes none back, one that says no field leaves it,
 * and one that states no level of confidence leaves the one there is while U and what it is compared by stay.
 */
function keeping(row: StoredValues, before: StoredRow): StoredValues {
  const english = nameKey(row.instrumentZh) !== nameKey(before.instrumentZh);
  const englishMeasurand = english || nameKey(row.measurandZh) !== nameKey(before.measurandZh);
  const sameU =
    row.confidence === null &&
    sameNumber(row.comparisonFactor, before.comparisonFactor) &&
    row.coverageFactor === before.coverageFactor &&
    equal(row.uncertainty, before.uncertainty);
  return {
    ...row,
    fieldZh: row.fieldZh === chineseField('general') ? before.fieldZh : row.fieldZh,
    instrumentZh: english ? before.instrumentZh : row.instrumentZh,
    instrumentEn: row.instrumentEn || before.instrumentEn,
    measurandZh: englishMeasurand ? before.measurandZh : row.measurandZh,
    measurandEn: row.measurandEn || before.measurandEn,
    conditionsEn: row.conditionsEn || before.conditionsEn,
    accreditationId: row.accreditationId ?? before.accreditationId,
    ...(sameU ? { confidence: before.confidence } : {}),
  };
}
