/** An imported scope beside the one a centre has: what is new, what says something else now, what is missing. */
import { isDeepStrictEqual } from 'node:util';
import type { capability } from '#db/schema/capability.ts';
import { declaredRange, nameKey, type SecondParameter } from '../capability.ts';
import { chineseField } from '../fields.ts';
import { termsOf } from '../row-groups.ts';
import type { ScopeRow } from './judge-row.ts';

/** The columns a file says something about. */
const STATED = [
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

export interface ScopeDifference {
  added: StoredValues[];
  changed: { id: string; before: StoredRow; values: StoredValues }[];
  same: number;
  removed: StoredRow[];
}

/** The columns a row is stored in. */
export function valuesOf(row: ScopeRow, accreditationId: string | null): StoredValues {
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

/** Rows of one key are the same row at two times: what they speak of is equal, what they say of it may differ. */
const keyOf = (row: StoredValues): string =>
  [
    nameKey(row.instrumentZh),
    nameKey(row.measurandZh),
    nameKey(row.method),
    row.kind,
    row.baseMin,
    row.baseMax,
    nameKey(row.designation),
    termsOf({ conditions: row.conditionsZh, parameters: row.secondParameters as SecondParameter[] }),
  ].join('\u0000');

export function compareScope(stored: readonly StoredRow[], rows: readonly StoredValues[]): ScopeDifference {
  const left = new Map<string, StoredRow[]>();
  for (const row of stored) left.set(keyOf(row), [...(left.get(keyOf(row)) ?? []), row]);
  const difference: ScopeDifference = { added: [], changed: [], same: 0, removed: [] };
  for (const row of rows) {
    const before = left.get(keyOf(row))?.shift();
    if (!before) {
      difference.added.push(row);
      continue;
    }
    const values = keepingNames(row, before);
    // Two ways of writing one U are no difference.
    if (STATED.every((column) => column === 'uncertaintyText' || isDeepStrictEqual(values[column], before[column]))) difference.same += 1;
    else difference.changed.push({ id: before.id, before, values });
  }
  for (const rest of left.values()) difference.removed.push(...rest);
  return difference;
}

/** A file in one language takes no name of the other away, one without an accreditation takes none back, and one that says no field leaves it. */
const keepingNames = (row: StoredValues, before: StoredRow): StoredValues => ({
  ...row,
  fieldZh: row.fieldZh === chineseField('general') ? before.fieldZh : row.fieldZh,
  instrumentEn: row.instrumentEn || before.instrumentEn,
  measurandEn: row.measurandEn || before.measurandEn,
  conditionsEn: row.conditionsEn || before.conditionsEn,
  accreditationId: row.accreditationId ?? before.accreditationId,
});
