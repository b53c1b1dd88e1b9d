/** The demonstration capabilities' own JSON (seeds) as typed capabilities. */
import {
  type Accreditation,
  type Capability,
  comparedAs,
  declaredRange,
  type SecondParameter,
} from '#app/modules/capability/rules/capability.ts';
import { parameterNameOf } from '#app/modules/capability/rules/parameters.ts';
import { comparisonFactor } from '#app/modules/capability/rules/uncertainty/coverage-factor.ts';
import type { Slope, Term, Uncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty.ts';
import { differenceToBase, RATIO_KIND, toBase, type Unit } from '#app/modules/capability/rules/units/quantities.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';

export interface SeedRow {
  id: string;
  field_zh: string;
  instrument_zh: string;
  instrument_en: string;
  measurand_zh: string;
  method: string;
  range_min: number;
  range_max: number;
  unit: string;
  U: { form: string; a?: number; a_unit?: string; b_rel?: number; b_percent?: number };
  k: number;
  condition_zh: string;
  /** Class, type or size; absent: any. */
  designation?: string;
}

/** A row of the demonstration data as a capability of `centreId`. Throws on a row that no rule covers: the data is ours to mend. */
export function fromSeed(row: SeedRow, centreId: string, accreditation: Accreditation | null = null): Capability {
  const unit = unitOf(row.unit);
  // Both ends zero: a detection limit, stated without a range.
  const range = row.range_min === 0 && row.range_max === 0 ? null : declaredRange(row.range_min, row.range_max, unit);
  return {
    id: row.id,
    centreId,
    field: row.field_zh,
    instrumentZh: row.instrument_zh,
    instrumentEn: row.instrument_en,
    measurandZh: row.measurand_zh,
    measurandEn: null,
    method: row.method,
    range,
    parameters: parametersOf(row.condition_zh),
    ...comparedAs(uncertaintyOf(row, unit), comparisonFactor({ k: row.k, confidence: null })),
    uncertaintyUnit: row.U.a_unit === undefined ? unit : unitOf(row.U.a_unit),
    k: row.k,
    confidence: null,
    designation: row.designation ?? '',
    conditions: row.condition_zh,
    remarks: '',
    accreditation,
  };
}

function unitOf(text: string): Unit {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(`${found.reason}: ${text}`);
  return found.unit;
}

function term(value: number | undefined, code: string | undefined): Term {
  if (value === undefined || code === undefined) throw new Error('An absolute part without value or unit');
  const unit = unitOf(code);
  return { value, unit: unit.code, base: differenceToBase(value, unit) };
}

function slope(U: SeedRow['U']): Slope {
  if (U.b_rel !== undefined) return { value: U.b_rel, unit: '1', base: U.b_rel };
  return term(U.b_percent, '%');
}

function uncertaintyOf({ U, condition_zh, range_min, range_max }: SeedRow, unit: Unit): Uncertainty {
  const origin = unit.offset === 0 ? {} : { origin: unit.offset };
  switch (U.form) {
    case 'constant':
      return { form: 'constant', a: term(U.a, U.a_unit) };
    case 'relative': {
      // 满量程百分数: of the full scale, not of the reading.
      const full = Math.max(Math.abs(range_min), Math.abs(range_max));
      if (condition_zh.includes('满量程'))
        return { form: 'full_scale', b: slope(U), span: { value: full, unit: unit.code, base: toBase(full, unit) } };
      return { form: 'relative', b: slope(U), ...origin };
    }
    case 'linear_a_plus_bL':
    case 'sum_abs_rel':
      return { form: 'sum', a: term(U.a, U.a_unit), b: slope(U), ...origin };
    case 'quadrature_Q_a_bL':
      return { form: 'quadrature', a: term(U.a, U.a_unit), b: slope(U), ...origin };
    default:
      throw new Error(`Unknown form ${U.form}`);
  }
}

/** `40 Hz~20 kHz` and `1 kHz` are second parameters; `20 ℃±0.5 ℃` is a condition of the room, and the rest stays text. */
function parametersOf(condition: string): SecondParameter[] {
  const parameters: SecondParameter[] = [];
  for (const part of condition.split(/[；，,;]/)) {
    const [, low, lowUnit, high, highUnit] = /^\s*(-?[\d.]+)\s*([^\d\s~±=]+)(?:~(-?[\d.]+)\s*([^\d\s~±=]+))?\s*$/.exec(part) ?? [];
    if (low === undefined || lowUnit === undefined) continue;
    const from = parseUnit(lowUnit);
    const to = parseUnit(highUnit ?? lowUnit);
    if (!from.ok || !to.ok || from.unit.kind !== to.unit.kind || from.unit.kind === RATIO_KIND) continue;
    const name = parameterNameOf(from.unit.kind);
    const base = { min: toBase(Number(low), from.unit), max: toBase(Number(high ?? low), to.unit) };
    const range = declaredRange((base.min - to.unit.offset) / to.unit.scale, Number(high ?? low), to.unit);
    if (name && range) parameters.push({ name, range: { ...range, base } });
  }
  return parameters;
}
