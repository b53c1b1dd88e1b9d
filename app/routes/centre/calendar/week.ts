/** A pool's days as strips: where on the strip of a day a stretch of time lies. */
import type { PoolWeek } from '#app/read-models/view-pool-week.server.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export type Stretch = { left: number; width: number };
/** `number` empty: kept for an offer, no order yet. */
export type Block = Stretch & {
  id: string;
  number: string;
  progress: string;
  text: string;
  title: string;
  /** Of what may be moved: the order's version and local start (`2026-11-26T09:00`). */
  moves: { version: number; start: string } | undefined;
};
export type DayStrip = { open: Stretch[]; shut: (Stretch & { title: string })[]; blocks: Block[] };
export type StripPool = {
  id: string;
  name: string;
  kind: string;
  gridMinutes: number;
  hours: { from: number; until: number };
  resources: { id: string; name: string; days: DayStrip[] }[];
};

/** The hours of the day shown for a pool: those it is ever open in these days, at least 9 to 17, as whole hours. */
export function shownHours(pool: PoolWeek['pools'][number], dayStarts: number[]): { from: number; until: number } {
  let from = 9;
  let until = 17;
  for (const [i, { open }] of pool.hours.entries())
    for (const stretch of open) {
      from = Math.min(from, Math.floor((stretch.from - (dayStarts[i] as number)) / HOUR));
      until = Math.max(until, Math.ceil((stretch.until - (dayStarts[i] as number)) / HOUR));
    }
  return { from: Math.max(0, from), until: Math.min(24, until) };
}

/** Percent of the strip; undefined when the stretch lies outside of it. */
export function place(
  stretch: { from: number; until: number },
  dayStart: number,
  hours: { from: number; until: number },
): Stretch | undefined {
  const begin = dayStart + hours.from * HOUR;
  const length = (hours.until - hours.from) * HOUR;
  const from = Math.max(stretch.from, begin);
  const until = Math.min(stretch.until, begin + length, dayStart + DAY);
  if (from >= until) return undefined;
  const percent = (ms: number) => Math.round((ms / length) * 10_000) / 100;
  return { left: percent(from - begin), width: percent(until - from) };
}
