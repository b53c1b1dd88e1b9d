/** Utilization of pools, week by week: sums of the rollup, arranged for the heat map and its table. Minutes throughout. */
import type { PoolKind } from '#db/schema/scheduling.ts';

export type Minutes = { open: number; booked: number; used: number };
export type PoolWeek = Minutes & { poolId: string; week: number };
export type PoolName = {
  id: string;
  kind: PoolKind;
  nameZh: string;
  nameEn: string;
  centreId: string;
  centreSlug: string;
  centreZh: string;
  centreEn: string;
};

/** Weeks are counted from the Monday 1969-12-29; 1970-01-01 was a Thursday. */
export const weekOf = (day: number): number => Math.floor((day + 3) / 7);
/** The Monday of a week, as a day number. */
export const mondayOfWeek = (week: number): number => week * 7 - 3;

/** An hour of a bench, of a person and of a seat on a course are three things: they are never added up. */
export const HOUR_KINDS = ['equipment', 'people', 'seats'] as const;
export type HourKind = (typeof HOUR_KINDS)[number];
const HOURS_OF: Record<PoolKind, HourKind> = {
  bench: 'equipment',
  standard: 'equipment',
  machine: 'equipment',
  technician: 'people',
  seat: 'seats',
};
export const hourKind = (kind: PoolKind): HourKind => HOURS_OF[kind];

/** What is open and nobody has booked. */
export const idle = ({ open, booked }: Minutes): number => Math.max(0, open - booked);
/** Booked share of open time; empty where nothing was open. */
export const utilization = ({ open, booked }: Minutes): number | null => (open > 0 ? Math.min(1, booked / open) : null);

export const sum = (rows: Iterable<Minutes>): Minutes => {
  const total = { open: 0, booked: 0, used: 0 };
  for (const row of rows) {
    total.open += row.open;
    total.booked += row.booked;
    total.used += row.used;
  }
  return total;
};

export type PoolUtilization = PoolName & { weeks: (Minutes | null)[]; total: Minutes };
export type CentreUtilization = { id: string; slug: string; nameZh: string; nameEn: string; pools: PoolUtilization[] };
export type Totals = Record<HourKind, Minutes>;
/** `weeksKnown`: of how many weeks there is anything. */
export type Utilization = { weeks: number[]; centres: CentreUtilization[]; totals: Totals; weeksKnown: number };

/**
 * Change of the booked share in points, by kind of hour; empty where there is nothing to compare: nothing open, nothing ever booked before, or
 * an earlier period that is known for fewer weeks than this one.
 */
export function changeOf(
  now: Pick<Utilization, 'totals' | 'weeksKnown'>,
  before: Pick<Utilization, 'totals' | 'weeksKnown'>,
  kind: HourKind,
): number | null {
  const [share, earlier] = [utilization(now.totals[kind]), utilization(before.totals[kind])];
  if (share === null || earlier === null || before.totals[kind].booked === 0 || before.weeksKnown < now.weeksKnown) return null;
  return (share - earlier) * 100;
}

/** Who idles: the pools of a kind of hour with the most idle time first; those that are never open do not idle. */
export const rankIdle = (centres: readonly CentreUtilization[], kind: HourKind, most: number): PoolUtilization[] =>
  centres
    .flatMap(({ pools }) => pools)
    .filter((pool) => hourKind(pool.kind) === kind && idle(pool.total) > 0)
    .sort((a, b) => idle(b.total) - idle(a.total) || (a.id < b.id ? -1 : 1))
    .slice(0, most);

/**
 * @param pools in the order they are to be shown; one without any row still has its line
 * @param firstWeek, lastWeek both shown; a week without a row is empty (closed)
 */
export function arrange(pools: PoolName[], rows: PoolWeek[], firstWeek: number, lastWeek: number): Utilization {
  const weeks = Array.from({ length: lastWeek - firstWeek + 1 }, (_, i) => firstWeek + i);
  const byPool = new Map<string, (Minutes | null)[]>();
  for (const row of rows) {
    if (row.week < firstWeek || row.week > lastWeek) continue;
    const line = byPool.get(row.poolId) ?? new Array<Minutes | null>(weeks.length).fill(null);
    line[row.week - firstWeek] = { open: row.open, booked: row.booked, used: row.used };
    byPool.set(row.poolId, line);
  }
  const centres = new Map<string, CentreUtilization>();
  for (const pool of pools) {
    const line = byPool.get(pool.id) ?? new Array<Minutes | null>(weeks.length).fill(null);
    const centre = centres.get(pool.centreId) ?? {
      id: pool.centreId,
      slug: pool.centreSlug,
      nameZh: pool.centreZh,
      nameEn: pool.centreEn,
      pools: [],
    };
    centre.pools.push({ ...pool, weeks: line, total: sum(line.filter((cell) => cell !== null)) });
    centres.set(pool.centreId, centre);
  }
  const all = [...centres.values()];
  const lines = all.flatMap((centre) => centre.pools);
  const totalOf = (kind: HourKind) => sum(lines.filter((pool) => hourKind(pool.kind) === kind).map((pool) => pool.total));
  const totals: Totals = { equipment: totalOf('equipment'), people: totalOf('people'), seats: totalOf('seats') };
  return { weeks, centres: all, totals, weeksKnown: new Set([...byPool.values()].flatMap(knownWeeks)).size };
}

const knownWeeks = (line: readonly (Minutes | null)[]): number[] => line.flatMap((cell, i) => (cell ? [i] : []));
