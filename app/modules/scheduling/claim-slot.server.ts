import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import type { CourseSession } from '#db/schema/catalogue.ts';
import { chooseBetween, type Neighbours } from './choose-between.ts';
import { chooseResources, type SlotChoice } from './choose-resources.ts';
import { claimCells, type Holder } from './claim-cells.server.ts';
import { claimSeats } from './claim-seats.server.ts';
import { sessionAt } from './course-sessions.ts';
import { neighboursOf, type PoolAvailability, type PoolHours, withClaims, withClosures } from './load-pool-facts.server.ts';
import { DAY_MS } from './local-day.ts';
import { behindJob, endOfJob, layoutAt, planSlots, type SlotPlan, type SlotQuery, searchReach } from './slot-search.ts';

type SlotRequest = {
  holder: Holder;
  minutes: number;
  bufferMinutes?: number | undefined;
  travelMinutes?: number | undefined;
  startAt: number;
  /** Of a course the dates it is sold on: seats of one are claimed then, whatever the minutes. */
  sessions?: readonly CourseSession[] | null | undefined;
};

/**
 * Gives a slot to the holder: chooses one free resource per pool and writes its cells. Should somebody else have written a cell in the
 * meantime, the engine refuses it, whatever was read here.
 * @param pools of the job, with closures from the day before `startAt` to `behindJob`
 * @param minutes of the pools' time, the ways and the buffer too
 * @param bufferMinutes of them, kept free behind the work
 * @param travelMinutes of them, each way to the buyer's
 * @returns the end of the last cell of the work (UTC ms)
 * @throws Problem slot_closed when it could not be sold even with nothing booked, slot_taken when others have it
 */
export async function claimSlot(
  tx: Queries,
  {
    holder,
    pools,
    minutes,
    bufferMinutes = 0,
    travelMinutes,
    startAt,
    sessions = null,
  }: SlotRequest & { pools: readonly PoolAvailability[] },
): Promise<{ endAt: number }> {
  if (sessions) return claimSeats(tx, holder, pools, sessionAt({ sessions }, startAt));
  const { plan, choice } = await chooseSlot(tx, pools, { minutes, travelMinutes: travelMinutes, from: startAt, until: startAt + 1 });
  for (const [i, pick] of choice.picks.entries()) await claimCells(tx, holder, pools[i] as PoolAvailability, pick);
  return { endAt: bufferMinutes > 0 ? endOfJob(plan, startAt, minutes - bufferMinutes) : choice.until };
}

/** The same for pools known only by their hours: reads their closures first. */
export async function claimSlotOf(
  tx: Queries,
  { poolHours, ...request }: SlotRequest & { poolHours: readonly PoolHours[] },
): Promise<{ endAt: number }> {
  const { minutes, startAt } = request;
  const until = poolHours.length > 0 ? behindJob(poolHours, minutes, startAt) : startAt;
  return claimSlot(tx, { ...request, pools: await withClosures(tx, poolHours, { from: startAt - DAY_MS, until }) });
}

async function chooseSlot(
  tx: Queries,
  pools: readonly PoolAvailability[],
  window: Omit<SlotQuery, 'pools'>,
): Promise<{ plan: SlotPlan; choice: SlotChoice }> {
  // A service without pools, or a pool without resources, has nothing to sell.
  if (pools.length === 0 || pools.some((pool) => pool.hours.resources.length === 0)) throw new Problem('slot_closed');
  const idle = planSlots({
    ...window,
    pools: pools.map(({ hours, ...pool }, i) => ({ ...pool, resources: [{ id: `${pool.id} ${i}`, busy: NOTHING }] })),
  });
  if (idle.starts.length === 0) throw new Problem('slot_closed');
  if (layoutAt(idle, window.from)?.places === null) {
    const neighbours = new Map<PoolHours, Neighbours[]>();
    for (const { hours } of pools) if (!neighbours.has(hours)) neighbours.set(hours, await neighboursOf(tx, hours, window.from));
    const choice = chooseBetween(
      idle,
      window.from,
      pools.map(({ hours }) => neighbours.get(hours) ?? []),
    );
    if (typeof choice === 'object') return { plan: idle, choice };
    // With one grid, running on over breaks would take the same cells at this start. With several grids its parts may lie elsewhere.
    if (idle.layouts.length === 1 || new Set(pools.map(({ gridMinutes }) => gridMinutes)).size === 1) throw new Problem('slot_taken');
  }
  const plan = planSlots({ ...window, pools: await withClaims(tx, pools, searchReach({ ...window, pools })) });
  const choice = chooseResources(plan, window.from);
  if (!choice) throw new Problem('slot_taken');
  return { plan, choice };
}

const NOTHING = new Int32Array();
