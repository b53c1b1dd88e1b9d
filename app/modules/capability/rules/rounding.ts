/** Rounding of reported values: U to at most two significant digits, the result to the same last digit (ISO/IEC 17025 7.8, JJF 1059.1 5.3). */
import { clean } from './units/quantities.ts';

/** A rounded number and the decimals to print it with; negative for tens and hundreds. */
export interface Rounded {
  value: number;
  decimals: number;
}

/** U > 0 to `digits` significant digits; `up` never understates it (0.012 34 → 0.013), `nearest` is allowed too. */
export function roundUncertainty(U: number, mode: 'up' | 'nearest' = 'up', digits: 1 | 2 = 2): Rounded {
  const decimals = digits - 1 - exponentOf(U);
  const steps = clean(U * 10 ** decimals);
  const value = scaled(mode === 'up' ? Math.ceil(steps) : halfEven(steps), decimals);
  // 0.0996 becomes 0.10: one digit more to the left, one fewer to the right.
  const kept = digits - 1 - exponentOf(value);
  return { value, decimals: Math.min(decimals, kept) };
}

/** A result to the last digit of its uncertainty, halves to the even digit (GB/T 8170). */
export function roundResult(y: number, decimals: number): Rounded {
  return { value: scaled(halfEven(clean(y * 10 ** decimals)), decimals), decimals };
}

const SHOWN_DIGITS = 4;
/** The digits of a number beyond which a conversion shows: 300 mm is 11.811 023 622 in. */
const STATED_DIGITS = 7;
/** Powers of ten beyond it are no numbers any more. */
const LEAST_SHORTENED = 1e-200;

/** An end of a range to four digits where only a conversion gives it more, never beyond the side it is rounded to. */
export function shortened(value: number, mode: 'down' | 'up'): number {
  if (Math.abs(value) < LEAST_SHORTENED || !Number.isFinite(value) || clean(value) === Number(value.toPrecision(STATED_DIGITS)))
    return value;
  const decimals = SHOWN_DIGITS - 1 - exponentOf(value);
  const steps = clean(value * 10 ** decimals);
  return scaled(mode === 'up' ? Math.ceil(steps) : Math.floor(steps), decimals);
}

/** The digits to print: no exponent, trailing zeros kept (0.10). */
export function fixedDigits({ value, decimals }: Rounded): string {
  return value.toFixed(Math.max(0, decimals));
}

function exponentOf(value: number): number {
  return Number(value.toExponential().split('e')[1]);
}

function scaled(steps: number, decimals: number): number {
  return clean(decimals >= 0 ? steps / 10 ** decimals : steps * 10 ** -decimals) + 0;
}

function halfEven(steps: number): number {
  const floor = Math.floor(steps);
  const rest = clean(steps - floor);
  if (rest !== 0.5) return Math.round(steps);
  return floor % 2 === 0 ? floor : floor + 1;
}
