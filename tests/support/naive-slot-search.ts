/** The naive search: reads Temporal's wall clock for every five minutes and tries every start. What the real one is held beside. */
import { Temporal } from 'temporal-polyfill';
import { cellsFor } from '#app/modules/scheduling/duration.ts';
import { DAY_MS, dayNumber, MINUTE_MS, type Weekday } from '#app/modules/scheduling/local-day.ts';
import type { PoolFacts, SlotQuery } from '#app/modules/scheduling/slot-search.ts';
import type { Hours, Interval } from '#app/modules/scheduling/working-calendar.ts';

export const STEP = 5 * MINUTE_MS;

export function isOpenNaively(query: SlotQuery, pool: PoolFacts, resource: number | null, ms: number): boolean {
  const { calendar } = pool;
  const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(calendar.zone);
  const minute = local.hour * 60 + local.minute;
  const special = calendar.keepsPublicHolidays ? query.holidays?.specialDay(dayNumber(local.toPlainDate().toString()))?.kind : undefined;
  const own = calendar.weekly[local.dayOfWeek as Weekday] ?? [];
  const monday = calendar.weekly[1] ?? [];
  let hours: readonly Hours[] = own;
  if (special === 'holiday') hours = [];
  if (special === 'make_up') hours = calendar.makeUpHours ?? (monday.length > 0 ? monday : own);
  const closed: readonly Interval[] = [...calendar.closures, ...(resource === null ? [] : (pool.resources[resource]?.closures ?? []))];
  return hours.some((h) => h.from <= minute && minute < h.until) && !closed.some((c) => c.from <= ms && ms < c.until);
}

export function naiveSearch(query: SlotQuery): { starts: number[]; runsOn: boolean } {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  const work = query.pools.reduce((w, p) => (w * p.gridMinutes) / gcd(w, p.gridMinutes), 1);
  const openAt = new Map<string, boolean>();
  const cellOpen = (pool: PoolFacts, resource: number | null, cell: number) => {
    const key = `${pool.id}/${resource}/${cell}`;
    let open = openAt.get(key);
    if (open === undefined) {
      const start = cell * pool.gridMinutes * MINUTE_MS;
      open = true;
      for (let ms = start; open && ms < start + pool.gridMinutes * MINUTE_MS; ms += STEP) open = isOpenNaively(query, pool, resource, ms);
      openAt.set(key, open);
    }
    return open;
  };
  const isFree = (pool: PoolFacts, resource: number, cell: number) =>
    cellOpen(pool, resource, cell) && !pool.resources[resource]!.busy.includes(cell);

  // Fits if some start of the plain week holds it in one stretch of every pool; a plain week's clock has one offset.
  const offset = Temporal.Instant.fromEpochMilliseconds(Date.UTC(2026, 0, 1)).toZonedDateTimeISO(query.pools[0]!.calendar.zone);
  const plainOpen = (pool: PoolFacts, ms: number) => {
    const local = ms + offset.offsetNanoseconds / 1e6;
    const day = Math.floor(local / DAY_MS);
    const minute = (local - day * DAY_MS) / MINUTE_MS;
    const weekday = (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
    return (pool.calendar.weekly[weekday] ?? []).some((h) => h.from <= minute && minute < h.until);
  };
  const stretches = (pool: PoolFacts, start: number, isCellOpen: (cell: number) => boolean) => {
    const first = start / (pool.gridMinutes * MINUTE_MS);
    for (let i = 0; i < cellsFor(query.minutes, pool.gridMinutes); i++) if (!isCellOpen(first + i)) return false;
    return true;
  };
  const plainCell = (pool: PoolFacts, cell: number) => {
    for (let ms = cell * pool.gridMinutes * MINUTE_MS; ms < (cell + 1) * pool.gridMinutes * MINUTE_MS; ms += STEP)
      if (!plainOpen(pool, ms)) return false;
    return true;
  };
  let runsOn = true;
  for (let start = 0; runsOn && start < 7 * DAY_MS; start += work * MINUTE_MS)
    runsOn = !query.pools.every((pool) => stretches(pool, start, (cell) => plainCell(pool, cell)));

  const partsOf = (pool: PoolFacts, workCell: number) =>
    Array.from({ length: work / pool.gridMinutes }, (_, i) => (workCell * work) / pool.gridMinutes + i);
  // So much comes before the first break of a job that runs on: an hour and a half, or the longest stretch of the plain week.
  const plainJoint = (workCell: number) => query.pools.every((pool) => partsOf(pool, workCell).every((part) => plainCell(pool, part)));
  let longest = 0;
  for (let cell = 0, run = 0; cell < (9 * 1440) / work; cell++) {
    run = plainJoint(cell) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  const firstPart = Math.min(Math.ceil(90 / work), longest);
  const travel = Math.ceil((query.travelMinutes ?? 0) / work);
  const jointlyOpen = (cell: number) => query.pools.every((pool) => partsOf(pool, cell).every((part) => cellOpen(pool, null, part)));
  // As far behind the window as the search follows a job: the sixth Saturday of a pool open on Saturdays alone.
  const limit = Math.ceil(query.until / (work * MINUTE_MS)) + (180 * 1440) / work;
  const starts: number[] = [];
  const firstWork = Math.ceil(query.from / (work * MINUTE_MS));
  for (let workCell = firstWork; workCell * work * MINUTE_MS < query.until; workCell++) {
    const start = workCell * work * MINUTE_MS;
    const inOneStretch = () =>
      query.pools.every((pool) => pool.resources.some((_, r) => stretches(pool, start, (cell) => isFree(pool, r, cell))));
    const runningOn = () => {
      for (let i = 0; i < Math.max(1, firstPart, travel); i++) if (!jointlyOpen(workCell + i)) return false;
      const cells: number[] = [];
      for (let cell = workCell; cells.length < cellsFor(query.minutes, work) && cell < limit; cell++)
        if (jointlyOpen(cell)) cells.push(cell);
      return (
        cells.length === cellsFor(query.minutes, work) &&
        query.pools.every((pool) =>
          pool.resources.some((_, r) => cells.every((cell) => partsOf(pool, cell).every((part) => isFree(pool, r, part)))),
        )
      );
    };
    if ((!runsOn && inOneStretch()) || runningOn()) starts.push(start);
  }
  return { starts, runsOn };
}
