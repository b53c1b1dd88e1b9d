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
  /** The hours over the strips: markup, one kept string for all its days. */
  hourRow: string;
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

/** Two figures and air beside them, px: closer together hours are not read. */
const HOUR_ROOM = 24;
/** The least width of a day, px: a week shows all seven, a day alone each of its hours. */
export const dayWidth = (hours: StripPool['hours'], days: number): number => (days === 1 ? (hours.until - hours.from) * HOUR_ROOM : 112);

/** The hours named over a day, whole hours of the clock, and no more than its least width has room for. */
export function namedHours({ from, until }: StripPool['hours'], days: number): number[] {
  const width = dayWidth({ from, until }, days);
  const step = [1, 2, 3, 6].find((hours) => (width * hours) / (until - from) >= HOUR_ROOM) ?? 12;
  const first = Math.ceil(from / step) * step;
  // In a week the end of one day stands where the next begins.
  const last = days === 1 ? until : until - 1;
  const named = Array.from({ length: Math.max(0, Math.floor((last - first) / step) + 1) }, (_, i) => first + i * step);
  return (first - from) * 2 > step ? [from, ...named] : named;
}

const rows = new Map<string, string>();

/** A cell of hours for each day. The hours of pools are few: their rows are kept. */
export function hourRow(hours: StripPool['hours'], days: number): string {
  const key = `${hours.from} ${hours.until} ${days}`;
  const known = rows.get(key);
  if (known !== undefined) return known;
  const at = (hour: number) => Math.round(((hour - hours.from) / (hours.until - hours.from)) * 10_000) / 100;
  const marks = namedHours(hours, days).map((hour) => `<i style="left:${at(hour)}%">${hour}</i>`);
  const row = `<span></span>${`<span class="hours" aria-hidden="true">${marks.join('')}</span>`.repeat(days)}`;
  rows.set(key, row);
  return row;
}
