/** The second parameters of a need against those that rows state. */
import type { Capability } from '../rules/capability.ts';
import { atMost, type Interval } from '../rules/units/quantities.ts';
import type { Need } from './matching.ts';

/** Asked parameters that a row states otherwise, by its own parameters or by the cells of its table. */
export function outside(need: Need, rows: readonly Capability[]): string[] {
  return need.parameters
    .filter(({ name, range }) => rows.some((row) => statedRanges(row, name).length > 0 && !within(range.base, statedRanges(row, name))))
    .map((p) => p.name);
}

/**
 * Of the asked parameters: how many a row states otherwise (`outsideOf`), and whether it is silent on one (`silentOn`). Both in one
 * whole number: it is asked for every row of thousands. For rows whose U is no table.
 */
export function statedBy({ parameters }: Need, row: Capability): number {
  let outsideCount = 0;
  let unstated = 0;
  for (const { name, range } of parameters) {
    // Nearly always stated once, or not at all: said without making a list of it.
    let own: Interval | undefined;
    let several = false;
    for (const stated of row.parameters) {
      if (stated.name !== name) continue;
      several ||= own !== undefined;
      own = stated.range.base;
    }
    if (!own) unstated = 1;
    else if (several ? !within(range.base, statedRanges(row, name)) : !holds(own, range.base)) outsideCount += 1;
  }
  return outsideCount * 2 + unstated;
}

export const outsideOf = (stated: number): number => stated >> 1;
export const silentOn = (stated: number): boolean => (stated & 1) === 1;

export function statedRanges(row: Capability, name: string): Interval[] {
  const own = row.parameters.filter((p) => p.name === name).map((p) => p.range.base);
  if (own.length > 0 || row.uncertainty.form !== 'table') return own;
  return row.uncertainty.cells.flatMap((cell) => cell.when.filter((w) => w.parameter === name));
}

const holds = (range: Interval, asked: Interval) =>
  atMost(range.min, asked.min) && atMost(asked.min, range.max) && atMost(asked.max, range.max);

/** `asked` inside the union of `ranges`. */
function within(asked: Interval, ranges: Interval[]): boolean {
  let reached = asked.min;
  let started = false;
  for (const range of [...ranges].sort((a, b) => a.min - b.min)) {
    if (atMost(range.min, reached) && atMost(reached, range.max)) {
      started = true;
      reached = Math.max(reached, range.max);
    }
  }
  return started && atMost(asked.max, reached);
}
