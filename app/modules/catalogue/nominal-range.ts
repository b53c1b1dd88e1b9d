/** Ranges that are called by a nominal size: one number that stands for a range, and inches that stand for the metric series. */
import { type DeclaredRange, declaredRange } from '#app/modules/capability/rules/capability.ts';
import { clean, toBase } from '#app/modules/capability/rules/units/quantities.ts';
import type { SizeMeaning } from '#app/modules/capability/words/lexicon.ts';

/** What was made of the range as it was typed, to be said beside it. */
export type Assumed = 'inch_series' | SizeMeaning;

type Range = { min: number | null; max: number; unit: DeclaredRange['unit'] };

const INCH = '[in_i]';
/** Measuring tools are made in one series: 0–1 in is the size of 0–25 mm, 0–6 in of 0–150 mm. */
const MM_PER_NOMINAL_INCH = 25;
const MICROMETER_STEP = 25;
const FIFTH = 0.2;
/** OIML R 76: Min is 20 e, and a scale of class III or IIII has seldom less than 1000 e; a balance of class I or II has at least ten times that. */
const MIN_OF_SCALE = 0.02;
const MIN_OF_BALANCE = 0.002;
/** Where the low end was assumed: whether the instrument is used below a tenth of its size, only its owner knows. */
const ASSUMED_BELOW = 0.1;
const MM_SCALE = 1e-3;

/** `sureFrom`: what of the range lies below was assumed with its low end, base units. */
export type NominalRange = { range: DeclaredRange; assumed: Assumed[]; sureFrom?: number };

/**
 * The range an instrument of that size measures. One number is a point for instruments that are not called by a size.
 * @param min null where one number was given
 */
export function nominalRange(range: Range, size: SizeMeaning | null): NominalRange | null {
  const assumed: Assumed[] = [];
  let { min, max, unit } = range;
  if (size && unit.code === INCH && max > 0 && Number.isInteger(max) && Number.isInteger(min ?? 0)) {
    min = min === null ? null : min * MM_PER_NOMINAL_INCH;
    max *= MM_PER_NOMINAL_INCH;
    unit = { ...unit, code: 'mm', scale: MM_SCALE };
    assumed.push('inch_series');
  }
  if (min === null && size && max > 0) {
    const from = lowEnd(max, unit.code, size);
    min = from.min;
    assumed.push(from.assumed);
  }
  const read = declaredRange(min ?? max, max, unit);
  const sureFrom = range.min === null && min !== null && min < max * ASSUMED_BELOW ? { sureFrom: toBase(max * ASSUMED_BELOW, unit) } : {};
  return read && { range: read, assumed, ...sureFrom };
}

const SHARES: { [meaning in SizeMeaning]?: number } = {
  from_fifth: FIFTH,
  capacity_of_scale: MIN_OF_SCALE,
  capacity_of_balance: MIN_OF_BALANCE,
};

function lowEnd(max: number, unit: string, size: SizeMeaning): { min: number; assumed: Assumed } {
  const share = SHARES[size];
  if (share !== undefined) return { min: clean(max * share), assumed: size };
  const stepped = size === 'steps_of_25' && unit === 'mm' && max % MICROMETER_STEP === 0;
  return stepped ? { min: max - MICROMETER_STEP, assumed: size } : { min: 0, assumed: 'from_zero' };
}
