/** The lines of a row's cells: ranges and uncertainties side by side, conditions below a range, one range under several conditions. */

import { parseUncertainty } from '../rules/uncertainty/uncertainty-text.ts';
import type { Unit } from '../rules/units/quantities.ts';
import { beginsAsRange } from './cell-text.ts';
import type { RowText, TakeNote } from './judge-row.ts';
import { readRange } from './range-text.ts';
import { NO_RANGE } from './read-line.ts';

type ParseUnit = (text: string) => { ok: true; unit: Unit } | { ok: false };

const lines = (text: string | undefined): string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);

/** A cell may hold several lines, one below the other: ranges with their uncertainties side by side, or one uncertainty for all. */
export function splitLines(text: RowText, parseUnit: ParseUnit, note: TakeNote): RowText[] {
  const stated = lines(text.uncertainty);
  const ranges = withConditions(rangeLines(text, note), stated.length, parseUnit);
  const parameters = lines(text.parameter).filter((line) => !NO_RANGE.test(line));
  const uncertainties = ranges?.length === 1 && stated.length > 1 && parameters.length <= 1 ? asOne(stated, ranges[0]!, parseUnit) : stated;
  if (!ranges) return [];
  if (uncertainties.length === 0) {
    note('reject', 'uncertainty_missing', 'uncertainty');
    return [];
  }
  // One range may hold under several conditions, each with its U: `(1 to 33) mV`, beside it `(10 to 45) Hz`, `45 Hz to 10 kHz`.
  const perCondition = ranges.length === 1 && parameters.length > 1 && parameters.length === uncertainties.length;
  const count = perCondition ? parameters.length : Math.max(ranges.length, 1);
  const fits = (list: readonly string[]) => list.length === count || list.length <= 1;
  if (!fits(uncertainties) || !fits(parameters)) {
    note(
      'reject',
      'lines_differ',
      fits(uncertainties) ? 'parameter' : 'uncertainty',
      `${count} / ${Math.max(uncertainties.length, parameters.length)}`,
    );
    return [];
  }
  const at = (list: readonly string[], i: number) => list[list.length === 1 ? 0 : i] ?? '';
  return Array.from({ length: count }, (_, i) => ({
    ...text,
    range: at(ranges, i),
    uncertainty: at(uncertainties, i),
    parameter: at(parameters, i),
  }));
}

/** Several U of one range are one table where each says what it holds for: `0.1 % (40 Hz~1 kHz)`, below it `0.2 % (1 kHz~10 kHz)`. */
function asOne(stated: readonly string[], range: string, parseUnit: ParseUnit): readonly string[] {
  const over = readRange(range, { parseUnit });
  if (!over.ok) return stated;
  const joined = stated.join('; ');
  const read = parseUncertainty(joined, { parseUnit, unit: over.unit });
  return read.ok && read.uncertainty.form === 'table' ? [joined] : stated;
}

/**
 * A line of another quantity is no range of its own: `20 mV to 2 V`, below it `40 Hz to 20 kHz`; several of them are as many conditions of it.
 * Where each has its own U, it is.
 */
function withConditions(ranges: string[] | undefined, uncertainties: number, parseUnit: ParseUnit): string[] | undefined {
  if (!ranges || ranges.length < 2 || uncertainties === ranges.length) return ranges;
  const kindOf = (line: string) => {
    const read = readRange(line, { parseUnit });
    return read.ok ? read.unit.kind : null;
  };
  const [first, ...others] = ranges as [string, ...string[]];
  const kind = kindOf(first);
  const joined: string[] = [];
  let group = { range: first, conditions: [] as string[][], kinds: [] as string[] };
  const close = () => {
    const [alternatives = [], ...beside] = group.conditions;
    const ends = beside.map((list) => `, ${list.join(', ')}`).join('');
    joined.push(...(alternatives.length > 0 ? alternatives.map((line) => `${group.range}, ${line}${ends}`) : [group.range]));
  };
  for (const line of others) {
    const own = kindOf(line);
    if (kind === null || own === null || own === kind) {
      close();
      group = { range: line, conditions: [], kinds: [] };
      continue;
    }
    const at = group.kinds.indexOf(own);
    if (at >= 0) group.conditions[at]!.push(line);
    else {
      group.kinds.push(own);
      group.conditions.push([line]);
    }
  }
  close();
  return joined;
}

/** A range broken into lines is one: behind `bis`, and where words alone stand above the numbers they are said of. */
function wholeLines(list: readonly string[]): string[] {
  const whole: string[] = [];
  let words = '';
  for (const line of list) {
    if (whole.length > 0 && /(?:[~～〜–—…]|(?<![A-Za-z])(?:to|bis)|[至到])$/i.test(whole.at(-1)!)) whole.push(`${whole.pop()} ${line}`);
    else if (!/\d/.test(line) && !NO_RANGE.test(line) && list.some((other) => beginsAsRange(other))) words = line;
    else whole.push(words ? `${words} ${line}` : line);
  }
  return words && whole.every((line) => !line.startsWith(words)) ? [...list] : whole;
}

/** The ranges of a row, one a line: from their own column, or lower and upper ends side by side. */
function rangeLines(text: RowText, note: TakeNote): string[] | undefined {
  if (text.range) return wholeLines(lines(text.range));
  const [low, high] = [lines(text.range_min), lines(text.range_max)];
  if (low.length === 0 && high.length === 0) return [];
  if (low.length === high.length) return low.map((end, i) => `${end}~${high[i]}`);
  note('reject', 'lines_differ', 'range_max', `${low.length} / ${high.length}`);
  return undefined;
}
