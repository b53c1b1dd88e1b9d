/**
 * A share of the full scale, of a row that holds for instruments of many ranges (0–60 MPa: gauges of 10 MPa too): of the scale of the instrument
 * that comes, or of the row's own end. Scopes seldom say which.
 */
import type { Capability } from '../capability.ts';
import { atMost, type Interval } from '../units/quantities.ts';
import type { ShareOfSpan, Uncertainty } from './uncertainty.ts';

/** The share of the full scale a U is, or has beside a fixed part or a share of the reading. */
export const shareOfSpanIn = (form: Uncertainty): ShareOfSpan | undefined =>
  form.form === 'full_scale' ? form : form.form === 'sum' ? form.share : undefined;

/** Whether the row states its U so, and of no other span than its own. */
export function isOpenShare({ uncertainty, range }: Pick<Capability, 'uncertainty' | 'range'>): boolean {
  const share = shareOfSpanIn(uncertainty);
  if (!share || !range) return false;
  const { min, max } = range.base;
  const full = range.unit.offset === 0 ? Math.max(Math.abs(min), Math.abs(max)) : max - min;
  return atMost(full, share.span.base) && atMost(share.span.base, full);
}

/** The row with its share of the span of an instrument whose range is asked for; as it is where that is no smaller. */
export function ofInstrument<Row extends Capability>(row: Row, { min, max }: Interval): Row {
  const { uncertainty } = row;
  const share = shareOfSpanIn(uncertainty);
  if (!share || !isOpenShare(row) || !(share.span.base > max - min)) return row;
  const span = { ...share.span, base: max - min };
  if (uncertainty.form === 'full_scale') return { ...row, uncertainty: { ...uncertainty, span } };
  if (uncertainty.form !== 'sum') return row;
  const a = { ...uncertainty.a, base: share.b.base * span.base };
  return { ...row, uncertainty: { ...uncertainty, a, share: { ...share, span } } };
}
