/**
 * The notation of expanded uncertainty, read (`uncertainty-print.ts` prints it): `U=0.06 µm+7×10⁻⁷L`, `0.3 % rdg + 2 µV`, `U=Q[0.025 µm, 3×10⁻⁷L]`,
 * `U=(1.0~2.6) µm`, `U=0.06 %FS`, `0.2 dB (0.1 Hz~100 kHz); 0.3 dB (100 kHz~1 MHz)`. What is not fully understood is asked or refused.
 */
import { type Doubt, Doubts } from '../doubts.ts';
import { TextError, type UncertaintyReject } from '../scanner.ts';
import type { TextContext } from '../text-reader.ts';
import type { Interval, Unit } from '../units/quantities.ts';
import { normaliseFormula } from './formula-text.ts';
import type { Uncertainty } from './uncertainty.ts';
import { UncertaintyParser } from './uncertainty-parser.ts';

/** What the text alone does not say. */
export type UncertaintyContext = Omit<TextContext, 'doubts'> & {
  /** Unit of the range the uncertainty belongs to. */
  unit: Unit;
  /** That range in `unit`; a span of U and a full scale need it. */
  range?: Interval | undefined;
  /** What else the row says, such as `L in m`. */
  remarks?: string | undefined;
  /** Where questions are collected and their answers are; its own when absent. */
  doubts?: Doubts;
};
export type UncertaintyResult =
  | { ok: true; uncertainty: Uncertainty; doubts: readonly Doubt[] }
  | { ok: false; reason: UncertaintyReject; at: number; found: string };

/** Reads `text`; a form it does not fully understand is refused with the position (in the normalised text), never guessed. */
export function parseUncertainty(text: string, context: UncertaintyContext): UncertaintyResult {
  const doubts = context.doubts ?? new Doubts();
  try {
    const uncertainty = new UncertaintyParser(normaliseFormula(text), { ...context, doubts }).whole();
    return { ok: true, uncertainty, doubts: doubts.all };
  } catch (error) {
    if (error instanceof TextError) return { ok: false, reason: error.reason, at: error.at, found: error.found };
    throw error;
  }
}
