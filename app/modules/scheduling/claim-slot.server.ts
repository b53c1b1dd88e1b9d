import { sql } from 'drizzle-orm';
import { Problem } from '#app/core/problem.ts';
import { isUniqueViolation } from '#db/errors.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { claim, type HolderKind } from '#db/schema/scheduling.ts';
import { addMinutes, minutesPerDay, raisePoolVersions } from './book-minutes.server.ts';
import { chooseBetween, type Neighbours } from './choose-between.ts';
import { chooseResources, type ResourcePick, type SlotChoice } from './choose-resources.ts';
import { neighboursOf, type PoolAvailability, type PoolHours, withClaims, withClosures } from './load-pool-facts.server.ts';
import { DAY_MS } from './local-day.ts';
import { openMinutes } from './open-minutes.ts';
import { behindJob, endOfJob, layoutAt, planSlots, type SlotPlan, type SlotQuery, searchReach } from './slot-search.ts';
import { NO_POOL, workerCells } from './worker-cells.ts';

/** Whom cells belong to. */
type Holder = { kind: HolderKind; id: string };

type SlotRequest = {
  holder: Holder;
  minutes: number;
  bufferMinutes?: number | undefined;
  travelMinutes?: number | undefined;
  startAt: number;
};

/**
 * Makes a slot the holder's: chooses one resource per pool from what is committed and writes its cells. The engine refuses a cell
 * that somebody else wrote first, whatever was read here.
 * @param pools of the job, with closures from the day before `startAt` to `behindJob`
 * @param minutes of the pools' time, the ways and the buffer too
 * @param bufferMinutes of them, kept free behind the work
 * @param travelMinutes of them, each way to the buyer's
 * @returns the end of the last cell of the work (UTC ms)
 * @throws Problem slot_closed when it could not be sold even with nothing booked, slot_taken when others have it
 */
export async function claimSlot(
  tx: Queries,
  { holder, pools, minutes, bufferMinutes = 0, travelMinutes, startAt }: SlotRequest & { pools: readonly PoolAvailability[] },
): Promise<{ endAt: number }> {
  const { plan, choice } = await chooseSlot(tx, pools, { minutes, travelMinutes: travelMinutes, from: startAt, until: startAt + 1 });
  for (const [i, pick] of choice.picks.entries()) {
    const pool = pools[i] as PoolAvailability;
    const { workerId, elsewhere = [] } = pool.hours.resources.find(({ id }) => id === pick.resourceId) ?? {};
    await insertClaims(tx, holder, pick);
    // Of who stands in other pools too the time itself: whoever of two pools comes second is refused by the engine.
    if (workerId !== undefined) await insertClaims(tx, holder, cellsOfWorker(pool, workerId, pick), WORKER_ROWS_AT_ONCE);
    await countBooked(tx, pool, pick);
    await raisePoolVersions(tx, [pick.poolId, ...elsewhere.map(({ poolId }) => poolId)]);
  }
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
    // On one grid running on is the same here; on several the parts of it may lie elsewhere.
    if (idle.layouts.length === 1 || new Set(pools.map(({ gridMinutes }) => gridMinutes)).size === 1) throw new Problem('slot_taken');
  }
  const plan = planSlots({ ...window, pools: await withClaims(tx, pools, searchReach({ ...window, pools })) });
  const choice = chooseResources(plan, window.from);
  if (!choice) throw new Problem('slot_taken');
  return { plan, choice };
}

const NOTHING = new Int32Array();

/** So many rows in one statement at most: each size is a statement of its own, prepared once. */
const ROWS_AT_ONCE = 32;
/** Quarters of an hour are many: a long day's go in one statement. */
const WORKER_ROWS_AT_ONCE = 256;

const cellsOfWorker = ({ gridMinutes }: PoolAvailability, workerId: string, { cells }: ResourcePick): ResourcePick => ({
  poolId: NO_POOL,
  resourceId: workerId,
  cells: workerCells(gridMinutes, cells),
});

async function insertClaims(
  tx: Queries,
  { kind, id: holderId }: Holder,
  { poolId, resourceId, cells }: ResourcePick,
  rowsAtOnce = ROWS_AT_ONCE,
): Promise<void> {
  try {
    for (let from = 0; from < cells.length; from += rowsAtOnce) {
      const part = cells.subarray(from, from + rowsAtOnce);
      const values: Record<string, string | number> = { poolId, resourceId, holderId };
      for (let i = 0; i < part.length; i++) values[`cell${i}`] = part[i] as number;
      await prepare(tx, `claim_insert_${kind}_${part.length}`, (q) =>
        q.insert(claim).values(
          Array.from(part, (_, i) => ({
            resourceId: sql.placeholder('resourceId'),
            cell: sql.placeholder(`cell${i}`),
            poolId: sql.placeholder('poolId'),
            holderId: sql.placeholder('holderId'),
            // The same in every row: written into the statement, nothing to bind.
            holderKind: sql.raw(`'${kind}'`),
            used: sql`false`,
          })),
        ),
      ).execute(values);
    }
  } catch (error) {
    if (isUniqueViolation(error)) throw new Problem('slot_taken', {}, { cause: error });
    throw error;
  }
}

async function countBooked(tx: Queries, { hours, ...shape }: PoolAvailability, { poolId, resourceId, cells }: ResourcePick): Promise<void> {
  const { zone } = shape.calendar;
  for (const [day, booked] of minutesPerDay(zone, shape.gridMinutes, cells)) {
    const open = openMinutes({ ...shape, resources: hours.resources.filter(({ id }) => id === resourceId) }, day, day + 1)[0]?.minutes ?? 0;
    await addMinutes(tx, { poolId, day, resourceId, booked, used: 0 }, open);
  }
}
