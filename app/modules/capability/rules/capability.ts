/** What a centre can measure, and how well: one row of its scope, as typed data that matching reads without any unit library. */

import type { Family } from '#db/schema/centres.ts';
import { designationKey } from './designation.ts';
import { scaleUncertainty, type Uncertainty } from './uncertainty/uncertainty.ts';
import type { Interval, Unit } from './units/quantities.ts';
import { toBase } from './units/quantities.ts';

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
  /** U₉₅ (k = 2): what rows are compared, ranked and drawn by. */
  uncertainty: Uncertainty;
  /** Unit in which U is read; its kind differs from the range's when the result is another quantity than the variable. */
  uncertaintyUnit: Unit;
  /** U as the scope states it, where that is another one; then U₉₅ is `comparisonFactor` times it. */
  stated?: Uncertainty;
  comparisonFactor: number;
  /** As stated: coverage factor and level of confidence (a fraction). */
  k: number;
  confidence: number | null;
  /** Class, type, size or characteristic it holds for, as printed; empty: any. */
  designation: string;
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

/** Rows that may stand in for one another: same centre, instrument, class or type, measurand and method. */
export function groupKey(row: Capability): string {
  return `${row.centreId}\u0000${nameKey(row.instrumentZh)}\u0000${nameKey(row.measurandZh)}\u0000${nameKey(row.method)}\u0000${row.range?.unit.kind ?? ''}\u0000${row.designation && designationKey(row.designation)}`;
}

/** U as it is compared, and beside it as stated where that is another one. */
export function comparedAs(said: Uncertainty, comparisonFactor: number): Pick<Capability, 'uncertainty' | 'stated' | 'comparisonFactor'> {
  if (comparisonFactor === 1) return { uncertainty: said, comparisonFactor };
  return { uncertainty: scaleUncertainty(said, comparisonFactor), stated: said, comparisonFactor };
}
