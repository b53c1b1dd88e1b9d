/** What a visitor typed into the search by need, as a need or as what is wrong with it. */
import { declaredRange } from '../rules/capability.ts';
import { resolve, type Vocabulary } from '../rules/instrument-names.ts';
import { parameterNameOf } from '../rules/parameters.ts';
import { differenceKind, differenceToBase, RATIO_KIND, toBase, type Unit } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import type { Need, Requirement } from './matching.ts';

/** Numbers are parsed by the form; texts are as typed. Absent fields are undefined or empty. */
export interface NeedInput {
  instrument?: string;
  min?: number;
  /** Absent: the single value `min`. */
  max?: number;
  unit?: string;
  /** The U that can be accepted, or the instrument's MPE when `ratio` is given. */
  u?: number;
  /** Unit of `u`; % asks for a relative U, unless the range itself is in %. */
  uUnit?: string;
  ratio?: number;
  parameter?: { min: number; max?: number; unit: string };
  at?: number | null;
}

export type NeedField = 'instrument' | 'range' | 'unit' | 'u' | 'uUnit' | 'ratio' | 'parameter';
export interface NeedError {
  field: NeedField;
  code:
    | 'unknown_instrument'
    | 'unknown_unit'
    | 'unit_missing'
    | 'reversed'
    | 'not_a_number'
    | 'not_positive'
    | 'kinds_differ'
    | 'nothing_asked';
}

/** Instruments a text may mean that are searched together (千分尺: outside, inside, depth). */
const MEANINGS = 12;
/** Meanings this much less likely than the best are left out. */
const SCORE_GAP = 0.35;

/** The need, or every field that cannot be understood. Nothing asked at all is an error: it would match every row. */
export function readNeed(input: NeedInput, vocabulary: Vocabulary): { ok: true; need: Need } | { ok: false; errors: NeedError[] } {
  const errors: NeedError[] = [];
  const fail = (field: NeedField, code: NeedError['code']) => {
    errors.push({ field, code });
    return null;
  };
  const unitOf = (field: NeedField, text: string | undefined): Unit | null => {
    const found = parseUnit(text ?? '');
    return found.ok ? found.unit : fail(field, found.reason === 'unit_missing' ? 'unit_missing' : 'unknown_unit');
  };
  const instruments = instrumentsOf(input.instrument, vocabulary);
  if (instruments === null) fail('instrument', 'unknown_instrument');
  const ranged = input.min !== undefined || input.max !== undefined;
  const unit = ranged ? unitOf('unit', input.unit) : null;
  const [min, max] = [input.min ?? input.max ?? 0, input.max ?? input.min ?? 0];
  if (ranged && !(Number.isFinite(min) && Number.isFinite(max))) fail('range', 'not_a_number');
  else if (min > max) fail('range', 'reversed');
  if (!ranged && (instruments ?? []).length === 0 && errors.length === 0) fail('instrument', 'nothing_asked');
  const required = input.u === undefined ? null : requirement(input, unit, unitOf, fail);
  const parameters = input.parameter ? parameterOf(input.parameter, unitOf, fail) : [];
  if (errors.length > 0) return { ok: false, errors };
  const extent = unit ? [{ min: toBase(min, unit), max: toBase(max, unit) }] : [];
  return {
    ok: true,
    need: {
      instruments: instruments!,
      measurands: [],
      designation: null,
      unit,
      extent,
      required,
      parameters: parameters!,
      at: input.at ?? null,
    },
  };
}

function instrumentsOf(text: string | undefined, vocabulary: Vocabulary): string[] | null {
  if (!text || text.trim() === '') return [];
  const found = resolve(vocabulary, text, MEANINGS);
  if (found.length === 0) return null;
  return found.filter((c) => c.score >= found[0]!.score - SCORE_GAP).map((c) => c.key);
}

type Fail = (field: NeedField, code: NeedError['code']) => null;
type UnitOf = (field: NeedField, text: string | undefined) => Unit | null;

function requirement({ u = 0, uUnit, ratio }: NeedInput, range: Unit | null, unitOf: UnitOf, fail: Fail): Requirement | null {
  if (!Number.isFinite(u)) return fail('u', 'not_a_number');
  if (u <= 0) return fail('u', 'not_positive');
  if (ratio !== undefined && !(Number.isFinite(ratio) && ratio > 0)) return fail('ratio', 'not_positive');
  const unit = unitOf('uUnit', uUnit);
  if (!unit) return null;
  const base = differenceToBase(u, unit);
  if (unit.kind === RATIO_KIND && range?.kind !== RATIO_KIND) {
    return ratio === undefined ? { type: 'relative', limit: base } : { type: 'mpe_relative', mpe: base, ratio };
  }
  if (range && differenceKind(unit) !== differenceKind(range)) return fail('uUnit', 'kinds_differ');
  return ratio === undefined ? { type: 'absolute', limit: base, unit } : { type: 'mpe', mpe: base, unit, ratio };
}

function parameterOf(
  { min, max = min, unit: text }: NonNullable<NeedInput['parameter']>,
  unitOf: UnitOf,
  fail: Fail,
): Need['parameters'][number][] | null {
  const unit = unitOf('parameter', text);
  if (!unit) return null;
  const name = parameterNameOf(unit.kind);
  if (name === null) return fail('parameter', 'kinds_differ');
  const range = declaredRange(min, max, unit);
  return range ? [{ name, range }] : fail('parameter', min > max ? 'reversed' : 'not_a_number');
}
