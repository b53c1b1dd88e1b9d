/**
 * A share of the full scale, of a row that holds for instruments of many ranges (0–60 MPa: gauges of 10 MPa too): of the scale of the instrument
 * that comes, or of the row's own end. Scopes seldom say which.
 */
import type { Capability } from '../capability.ts';
import { atMost, type Interval } from '../units/quantities.ts';

/** Whether the row states its U so, and of no other span than its own. */
export function isOpenShare({ uncertainty, range }: Pick<Capability, 'uncertainty' | 'range'>): boolean {
  if (uncertainty.form !== 'full_scale' || !range) return false;
  const { min, max } = range.base;
  const full = range.unit.offset === 0 ? Math.max(Math.abs(min), Math.abs(max)) : max - min;
  return atMost(full, uncertainty.span.base) && atMost(uncertainty.span.base, full);
}

/** The row with its share of the span of an instrument whose range is asked for; as it is where that is no smaller. */
export function ofInstrument<Row extends Capability>(row: Row, { min, max }: Interval): Row {
  const { uncertainty } = row;
  if (!isOpenShare(row) || uncertainty.form !== 'full_scale' || !(uncertainty.span.base > max - min)) return row;
  return { ...row, uncertainty: { ...uncertainty, span: { ...uncertainty.span, base: max - min } } };
}
