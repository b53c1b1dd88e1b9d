import { answerDue } from '#app/modules/scheduling/answer-due.ts';
import type { PoolShape } from '#app/modules/scheduling/cell-rows.ts';
import { cellStart, cellsWithin } from '#app/modules/scheduling/grid.ts';
import { runsOnOverBreaks } from '#app/modules/scheduling/job-breaks.ts';
import { DEFAULT_ZONE, dayOf, type Weekday } from '#app/modules/scheduling/local-day.ts';
import { type Closure, type Hours, openIntervals, type PoolCalendar } from '#app/modules/scheduling/working-calendar.ts';
import type { closure, pool, resource } from '#db/schema/scheduling.ts';

export type PoolSeedShape = PoolShape & { resources: { id: string }[] };
export type Pick = { poolId: string; resourceId: string; cells: number[] };
export type Slot = { startAt: number; endAt: number; picks: Pick[] };

type Common = { key: string; shapes: PoolSeedShape[]; cells: number[]; byDay: Map<number, number[]> };

/** Pools with their calendars, closures of their own and of their centre taken in. */
export function poolShapes(
  pools: readonly (typeof pool.$inferInsert)[],
  resources: readonly (typeof resource.$inferInsert)[],
  closures: readonly (typeof closure.$inferInsert)[],
): PoolSeedShape[] {
  return pools.map((row) => {
    const weekly: Partial<Record<Weekday, readonly Hours[]>> = {};
    for (const [i, day] of row.weeklyHours.entries()) weekly[(i + 1) as Weekday] = day.map(([from, until]) => ({ from, until }));
    const own: Closure[] = closures
      .filter((c) => c.centreId === row.centreId && !c.resourceId && (c.poolId === null || c.poolId === row.id))
      .map((c) => ({ from: c.fromAt, until: c.untilAt, reasonZh: c.reasonZh ?? '', reasonEn: c.reasonEn ?? '' }));
    const calendar: PoolCalendar = { zone: DEFAULT_ZONE, weekly, keepsPublicHolidays: row.observesHolidays ?? true, closures: own };
    const members = resources.filter((r) => r.poolId === row.id).map(({ id }) => ({ id }));
    return { id: row.id, gridMinutes: row.gridMinutes ?? 30, calendar, resources: members };
  });
}

/** Free time of the demonstration's pools: finds slots as the product would and remembers who has them. */
export class SlotBook {
  readonly #shapes: Map<string, PoolSeedShape>;
  readonly #openCells = new Map<string, number[]>();
  readonly #common = new Map<string, Common>();
  readonly #runsOn = new Map<string, boolean>();
  readonly #taken = new Set<string>();

  constructor(shapes: readonly PoolSeedShape[], firstDay: number, untilDay: number) {
    this.#shapes = new Map(shapes.map((shape) => [shape.id, shape]));
    for (const { id, calendar, gridMinutes } of shapes) {
      const cells: number[] = [];
      for (const interval of openIntervals(calendar, firstDay, untilDay)) {
        const { from, until } = cellsWithin(gridMinutes, interval);
        for (let cell = from; cell < until; cell++) cells.push(cell);
      }
      this.#openCells.set(id, cells);
    }
  }

  /** When a centre has to have answered, as the product reckons it. */
  answerDue(poolIds: readonly string[], at: number, hours: number, latest: number): number {
    const calendars = poolIds.flatMap((id) => this.#shapes.get(id)?.calendar ?? []);
    return answerDue(at, hours, calendars, latest);
  }

  /**
   * A slot of so many minutes that begins on the local day, with a free resource in every pool.
   * @param earliest no start before it (UTC ms)
   * @param random decides among the starts of the day; mornings and the first cell after lunch are liked best
   */
  find(poolIds: readonly string[], minutes: number, day: number, earliest: number, random: () => number): Slot | undefined {
    const common = this.#commonOf(poolIds);
    const { gridMinutes } = common.shapes[0] as PoolSeedShape;
    const length = Math.ceil(minutes / gridMinutes);
    const runsOn = this.#runsOnFor(common, minutes);
    const starts = (common.byDay.get(day) ?? []).filter((i) => cellStart(gridMinutes, common.cells[i] as number) >= earliest);
    const liking = new Map(starts.map((i) => [i, random() + (common.cells[i - 1] === (common.cells[i] as number) - 1 ? 0.4 : 0)]));
    for (const i of starts.sort((a, b) => (liking.get(a) ?? 0) - (liking.get(b) ?? 0))) {
      const cells = common.cells.slice(i, i + length);
      const first = cells[0] as number;
      const last = cells.at(-1) as number;
      if (cells.length < length || (!runsOn && last - first !== length - 1)) continue;
      const picks = common.shapes.map((shape) => {
        const free = shape.resources.find(({ id }) => cells.every((cell) => !this.#taken.has(`${id} ${cell}`)));
        return free && { poolId: shape.id, resourceId: free.id, cells };
      });
      if (picks.every((pick) => pick !== undefined))
        return { startAt: cellStart(gridMinutes, first), endAt: cellStart(gridMinutes, last + 1), picks };
    }
    return undefined;
  }

  take({ picks }: Slot): void {
    for (const { resourceId, cells } of picks) for (const cell of cells) this.#taken.add(`${resourceId} ${cell}`);
  }

  #runsOnFor(common: Common, minutes: number): boolean {
    const key = `${common.key} ${minutes}`;
    const known = this.#runsOn.get(key) ?? runsOnOverBreaks(common.shapes, minutes);
    this.#runsOn.set(key, known);
    return known;
  }

  /** The cells open in all the pools, which share one grid. */
  #commonOf(poolIds: readonly string[]): Common {
    const key = poolIds.join(' ');
    const known = this.#common.get(key);
    if (known) return known;
    const shapes = poolIds.map((id) => this.#shapes.get(id) as PoolSeedShape);
    const [first, ...others] = poolIds.map((id) => this.#openCells.get(id) ?? []);
    const sets = others.map((cells) => new Set(cells));
    const cells = (first ?? []).filter((cell) => sets.every((set) => set.has(cell)));
    const { gridMinutes, calendar } = shapes[0] as PoolSeedShape;
    const byDay = Map.groupBy(cells.keys(), (i) => dayOf(calendar.zone, cellStart(gridMinutes, cells[i] as number)));
    const common = { key, shapes, cells, byDay };
    this.#common.set(key, common);
    return common;
  }
}
