/** Utilization of pools, week by week: sums of the rollup, arranged for the heat map and its table. Minutes throughout. */

export type Minutes = { open: number; booked: number; used: number };
export type PoolWeek = Minutes & { poolId: string; week: number };
export type PoolName = {
  id: string;
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
export type CentreUtilization = { id: string; slug: string; nameZh: string; nameEn: string; pools: PoolUtilization[]; total: Minutes };
export type Utilization = { weeks: number[]; centres: CentreUtilization[]; total: Minutes };

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
      total: sum([]),
    };
    centre.pools.push({ ...pool, weeks: line, total: sum(line.filter((cell) => cell !== null)) });
    centres.set(pool.centreId, centre);
  }
  for (const centre of centres.values()) centre.total = sum(centre.pools.map((pool) => pool.total));
  const all = [...centres.values()];
  return { weeks, centres: all, total: sum(all.map((centre) => centre.total)) };
}
