/** What a centre can measure, and how well: one row of its scope, as typed data that matching reads without any unit library. */
import type { Family } from '#db/schema/catalogue.ts';
import type { Interval, Unit } from './quantities.ts';
import { toBase } from './quantities.ts';
import type { Uncertainty } from './uncertainty.ts';

/** A range as declared and in base units. */
export interface DeclaredRange {
  min: number;
  max: number;
  unit: Unit;
  /** The same in base units. */
  base: Interval;
}

/** A second parameter (frequency, temperature, load …) within which the row holds. */
export interface SecondParameter {
  name: string;
  range: DeclaredRange;
}

/** CNAS / CMA accredited, or the centre's own statement. */
export type AccreditationKind = 'cnas' | 'cma' | 'internal';

/** Validity in UTC milliseconds; null where the accreditation states none. */
export interface Accreditation {
  kind: AccreditationKind;
  validFrom: number | null;
  validUntil: number | null;
  /** How far its certificate was checked; left out: nobody has looked at it. */
  check?: AccreditationCheck;
}

export interface AccreditationCheck {
  /** Of the accreditation. */
  id: string;
  state: 'stated' | 'accepted' | 'refused';
  /** The families of services it was accepted for. */
  families: readonly Family[];
}

export interface Capability {
  id: string;
  centreId: string;
  field: string;
  instrumentZh: string;
  instrumentEn: string;
  measurandZh: string;
  measurandEn: string | null;
  /** Number of the method: JJG/JJF/GB/ISO. */
  method: string;
  /** Null where the scope states a capability without a range, such as a detection limit. */
  range: DeclaredRange | null;
  parameters: SecondParameter[];
  uncertainty: Uncertainty;
  /** Unit in which U is read; its kind differs from the range's when the result is another quantity than the variable. */
  uncertaintyUnit: Unit;
  /** Coverage factor, ≥ 1. */
  k: number;
  /** Level of confidence as a fraction, null when only k is stated. */
  confidence: number | null;
  conditions: string;
  conditionsEn?: string;
  remarks: string;
  accreditation: Accreditation | null;
}

/** A declared range with its base values; refuses (null) reversed or non-finite bounds. Open intervals are no capability. */
export function declaredRange(min: number, max: number, unit: Unit): DeclaredRange | null {
  if (!Number.isFinite(min) || !Number.isFinite(max) || min > max) return null;
  return { min, max, unit, base: { min: toBase(min, unit), max: toBase(max, unit) } };
}

/** The key under which instruments (and measurands) meet: widths, case and spaces made one. */
export function nameKey(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Rows that may stand in for one another: same centre, instrument, measurand and method. */
export function groupKey(row: Capability): string {
  return `${row.centreId}\u0000${nameKey(row.instrumentZh)}\u0000${nameKey(row.measurandZh)}\u0000${nameKey(row.method)}\u0000${row.range?.unit.kind ?? ''}`;
}
