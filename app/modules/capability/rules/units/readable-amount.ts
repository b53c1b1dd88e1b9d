/** Numbers as a person would write them: the prefix that keeps them short, and no more digits than a conversion leaves meaning to. */
import { clean } from './quantities.ts';

export interface ReadableAmount {
  value: number;
  unit: string;
}

type Step = {
  unit: string;
  power: number;
  /** Smaller values take the next smaller prefix: people write 0.01 mm, and 150 mV. */
  least: number;
};

const step = (unit: string, power: number, least = 1): Step => ({ unit, power, least });

/** Of each unit the prefixes people use, the smallest first. */
const LADDERS: readonly (readonly Step[])[] = [
  [step('nm', -9), step('um', -6, 0.01), step('mm', -3, 0.01), step('m', 0)],
  [step('ug', -6), step('mg', -3, 0.01), step('g', 0, 0.1), step('kg', 3, 0.1)],
  [step('ns', -9), step('us', -6), step('ms', -3), step('s', 0, 0.1)],
  [step('uL', -6), step('mL', -3, 0.1), step('L', 0, 0.1)],
  [step('Pa', 0), step('kPa', 3, 0.1), step('MPa', 6, 0.1), step('GPa', 9)],
  [step('mN', -3), step('N', 0, 0.01), step('kN', 3, 0.1), step('MN', 6)],
  [step('mN.m', -3), step('N.m', 0, 0.01), step('kN.m', 3, 0.1)],
  [step('nV', -9), step('uV', -6, 0.1), step('mV', -3), step('V', 0), step('kV', 3, 0.1)],
  [step('nA', -9), step('uA', -6, 0.1), step('mA', -3), step('A', 0, 0.1), step('kA', 3)],
  [step('uOhm', -6), step('mOhm', -3), step('Ohm', 0, 0.1), step('kOhm', 3), step('MOhm', 6, 0.1), step('GOhm', 9, 0.1)],
  [step('uHz', -6), step('mHz', -3), step('Hz', 0, 0.1), step('kHz', 3, 0.1), step('MHz', 6, 0.1), step('GHz', 9, 0.1)],
  [step('uW', -6), step('mW', -3), step('W', 0, 0.1), step('kW', 3, 0.1), step('MW', 6)],
  [step('pF', -12), step('nF', -9), step('uF', -6), step('mF', -3), step('F', 0)],
  [step('nH', -9), step('uH', -6), step('mH', -3), step('H', 0, 0.1)],
];

/** From here on the next larger prefix is taken. */
const MOST = 10_000;
/** Digits beyond which only a conversion gives them: 60 MPa is 8702.264 263 81 psi. */
const STATED_DIGITS = 7;
const CONVERTED_DIGITS = 4;

/** To four digits where a conversion gives it more than anybody states. */
export const legible = (value: number): number =>
  Number.isFinite(value) && clean(value) !== Number(value.toPrecision(STATED_DIGITS)) ? Number(value.toPrecision(CONVERTED_DIGITS)) : value;

/** The same amount with the prefix a person would choose. */
export function readableAmount({ value, unit }: ReadableAmount): ReadableAmount {
  const ladder = LADDERS.find((steps) => steps.some((one) => one.unit === unit));
  const own = ladder?.find((one) => one.unit === unit);
  const size = Math.abs(value);
  if (!ladder || !own || value === 0 || !Number.isFinite(value) || (size >= own.least && size < MOST))
    return { value: legible(value), unit };
  const at = ({ power }: Step) => clean(value * 10 ** (own.power - power));
  const chosen = ladder.findLast((one) => Math.abs(at(one)) >= (size < MOST ? one.least : 1)) ?? ladder[0]!;
  return { value: legible(at(chosen)), unit: chosen.unit };
}

/** The smaller end of a range has a prefix of its own where it lies that far below the larger: 1 Ω–100 MΩ. */
const FAR_BELOW = 1e-4;

/** Both ends of a range as a person would write them. */
export function readableSpan({ min, max, unit }: { min: number; max: number; unit: string }): { min: ReadableAmount; max: ReadableAmount } {
  const high = readableAmount({ value: Math.abs(max) >= Math.abs(min) ? max : min, unit });
  const ladder = LADDERS.find((steps) => steps.some((one) => one.unit === unit)) ?? [];
  const power = (of: string) => ladder.find((one) => one.unit === of)?.power ?? 0;
  const together = (value: number) => ({ value: legible(clean(value * 10 ** (power(unit) - power(high.unit)))), unit: high.unit });
  const far = min !== 0 && Math.abs(min) < FAR_BELOW * Math.abs(max);
  return { min: far ? readableAmount({ value: min, unit }) : together(min), max: together(max) };
}
