import { inArray, sql } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { usualTravel } from '#app/modules/catalogue/price-rules.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { poolVersion } from '#db/schema/scheduling.ts';
import { bookingWindow } from './booking-window.ts';
import { comingSessions, takes } from './coming-sessions.server.ts';
import { type Bookable, bookingRule, lengthOf, poolsNeeded } from './find-free-starts.server.ts';
import { FOR_EVER, loadPoolsOfService, withClaims, withClosures } from './load-pool-facts.server.ts';
import { DAY_MS, dayOf, dayStart } from './local-day.ts';
import { findStarts, searchReach } from './slot-search.ts';

type Known = {
  /** Versions of the service and its pools when it was computed. */
  versions: string;
  /** Good before this instant: the end of the local day. */
  until: number;
  /** The first free start. */
  start: number | null;
};

const ANSWERS_KEPT = 50_000;
const kept = new WeakMap<Deps['db'], Map<string, Known>>();

/**
 * The first free start of many services, for lists: null when nothing is free up to the horizon, or the service has no pools, or it does
 * not take the quantity. One statement says which answers still hold; only the others are searched again.
 * @param travelMinutes each way; left out: as usual for the service
 * @param from not before this instant (UTC ms); left out: as soon as may be
 */
export async function earliestStarts(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  services: readonly Bookable[],
  { quantity = 1, from = 0, travelMinutes }: { quantity?: number; from?: number; travelMinutes?: number } = {},
): Promise<Map<string, number | null>> {
  const answers = kept.get(db) ?? new Map<string, Known>();
  kept.set(db, answers);
  const now = clock();
  return db.read(async (q) => {
    const poolsOf = new Map<string, string[]>();
    for (const { id, version } of services)
      poolsOf.set(
        id,
        (await loadPoolsOfService(q, id, version)).map((hours) => hours.id),
      );
    const versions = await poolVersions(q, [...new Set([...poolsOf.values()].flat())]);
    const found = new Map<string, number | null>();
    for (const rule of services) {
      const stamp = `${rule.version}:${poolsOf.get(rule.id)?.map((id) => versions.get(id) ?? 0)}`;
      const travel = travelMinutes ?? usualTravel(rule);
      const key = `${rule.id} ${quantity} ${from} ${travel}`;
      const known = answers.get(key);
      if (known?.versions === stamp && stillHolds(known, now)) {
        found.set(rule.id, known.start);
        continue;
      }
      const fresh = { versions: stamp, ...(await search(q, rule, { quantity, travel, from: Math.max(now, from) }, now)) };
      if (answers.size >= ANSWERS_KEPT) answers.clear();
      answers.set(key, fresh);
      found.set(rule.id, fresh.start);
    }
    return found;
  });
}

/** Lead time and horizon move on with the days; within one day an answer holds until its start has gone by. */
const stillHolds = ({ start, until }: Known, now: number): boolean => now < until && (start === null || start > now);

type SlotRequest = { quantity: number; travel: number; from: number };

async function search(q: Queries, rule: Bookable, request: SlotRequest, now: number) {
  const poolHours = await loadPoolsOfService(q, rule.id, rule.version);
  const zone = poolHours[0]?.calendar.zone;
  // There is no start to give. The answer is computed again tomorrow, or when a version changes.
  const length = lengthOf(rule, request.quantity, request.travel);
  if (zone === undefined || !length.ok) return { until: now + DAY_MS, start: null };
  const tomorrow = dayStart(zone, dayOf(zone, now) + 1);
  if (rule.sessions) {
    const { sessions } = await comingSessions(q, rule, now);
    const first = sessions.find((one) => one.startAt >= request.from && takes(one, request.quantity));
    return { until: tomorrow, start: first?.startAt ?? null };
  }
  const { minutes } = length;
  const pools = await withClosures(q, poolsNeeded(poolHours, rule, request.quantity), { from: now - DAY_MS, until: FOR_EVER });
  const window = bookingWindow(
    now,
    bookingRule(rule),
    pools.map((pool) => pool.calendar),
  );
  let from = Math.max(request.from, window.from);
  for (let days = 1; from < window.until; days *= 2) {
    const span = { minutes, travelMinutes: request.travel, from, until: Math.min(window.until, dayStart(zone, dayOf(zone, from) + days)) };
    const facts = await withClaims(q, pools, searchReach({ ...span, pools }));
    const start = findStarts({ ...span, pools: facts })[0];
    if (start !== undefined) return { until: tomorrow, start };
    from = span.until;
  }
  return { until: tomorrow, start: null };
}

/** Pools per statement. A shorter list is filled up with its last pool, so that the statement is always the same and prepared once. */
const POOLS_AT_ONCE = 16;

async function poolVersions(q: Queries, poolIds: readonly string[]): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (let from = 0; from < poolIds.length; from += POOLS_AT_ONCE) {
    const ids = Array.from({ length: POOLS_AT_ONCE }, (_, i) => poolIds[Math.min(from + i, poolIds.length - 1)] as string);
    const rows = await prepare(q, 'pool_versions', (p) =>
      p
        .select()
        .from(poolVersion)
        .where(
          inArray(
            poolVersion.poolId,
            ids.map((_, i) => sql.placeholder(`p${i}`)),
          ),
        ),
    ).execute(Object.fromEntries(ids.map((id, i) => [`p${i}`, id])));
    for (const { poolId, version } of rows) versions.set(poolId, version);
  }
  return versions;
}
