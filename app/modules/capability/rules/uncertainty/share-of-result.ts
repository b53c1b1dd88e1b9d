/** A relative U of a result that is another quantity than the range: 1.5 % of a sensitivity, stated over frequencies, is never so many hertz. */
import type { Unit } from '../units/quantities.ts';
import type { SimpleUncertainty, Uncertainty } from './uncertainty.ts';

const FREQUENCY_KIND = 'T-1';
/** What is itself counted in hertz or turns. */
const FREQUENCIES = /频率|频偏|频带|带宽|转速|周期|时基|晶振|frequency|bandwidth|speed|time\s?base|period/i;
/** Results that are never in the unit of the range they are stated over. */
const OTHER_RESULTS = /(?<!垂直)灵敏度|校准因子|响应|失真|衰减|增益|电能|相位|sensitivity|response|distortion/i;

const PERCENT = { unit: '%', scale: 100 };

/** The same as a number in percent, where it is a share of something the range does not say. */
export function ofItsResult(form: Uncertainty, range: Unit, measurand: string): Uncertainty {
  const another = range.kind === FREQUENCY_KIND ? !FREQUENCIES.test(measurand) : OTHER_RESULTS.test(measurand);
  if (!another) return form;
  if (form.form !== 'table') return asShare(form);
  // The unit of a table is that of its first cell: only a table of shares alone is one of shares.
  return form.cells.every((cell) => cell.uncertainty.form === 'relative')
    ? { form: 'table', cells: form.cells.map((cell) => ({ ...cell, uncertainty: asShare(cell.uncertainty) })) }
    : form;
}

function asShare(form: SimpleUncertainty): SimpleUncertainty {
  if (form.form !== 'relative') return form;
  const value = Number((form.b.base * PERCENT.scale).toPrecision(12));
  return { form: 'constant', a: { value, unit: PERCENT.unit, base: form.b.base } };
}
