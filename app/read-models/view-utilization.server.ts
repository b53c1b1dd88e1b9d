import { and, asc, eq, gte, inArray, lt, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { Threads } from '#app/core/threads.server.ts';
import { type Locale, pick } from '#app/i18n/locale.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import {
  arrange,
  changeOf,
  HOUR_KINDS,
  mondayOfWeek,
  type PoolName,
  type PoolWeek,
  rankIdle,
  type Utilization,
} from '#app/modules/parks/utilization.ts';
import { utilizationCsv, type Words } from '#app/modules/parks/utilization-csv.ts';
import { countAll, sumOf } from '#db/queries.ts';
import { centre, park } from '#db/schema/centres.ts';
import { pool, resourceDay } from '#db/schema/scheduling.ts';

type Weeks = { firstWeek: number; lastWeek: number };
type Needs = Pick<Deps, 'db' | 'clock'>;

/** Who idles most, of each kind of hour. */
const MOST_RANKED = 10;
/** A quarter of a million cells are no picture: so many centres are drawn at once. The sums are of all. */
const CENTRES_PER_PAGE = 25;
/**
 * Reading and adding up a year of so many pools takes about 15 ms; of more it is done in a thread (decisions/threads.md), which takes as
 * long to begin, and is worth it only where it keeps others waiting less.
 */
const MOST_POOLS_HERE = 60;

export type ParkUtilization = { park: { slug: string; nameZh: string; nameEn: string }; now: Utilization; before: Utilization };

/**
 * The park of the actor's organisation: open, booked and used time of its centres' pools per week, and the same number of weeks before.
 * Read from the rollup by one statement.
 * @throws Problem not_found for others than parks, and when the organisation runs none
 */
export async function viewUtilization(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  { firstWeek, lastWeek }: { firstWeek: number; lastWeek: number },
): Promise<ParkUtilization> {
  requireRight(actor, 'park.view');
  const length = lastWeek - firstWeek + 1;
  return db.read(async (q) => {
    const [own] = await q
      .select({ id: park.id, slug: park.slug, nameZh: park.nameZh, nameEn: park.nameEn })
      .from(park)
      .where(eq(park.organisationId, actor.organisationId));
    if (!own) throw new Problem('not_found');
    const pools: PoolName[] = await q
      .select({
        id: pool.id,
        kind: pool.kind,
        nameZh: pool.nameZh,
        nameEn: pool.nameEn,
        centreId: centre.id,
        centreSlug: centre.slug,
        centreZh: centre.nameZh,
        centreEn: centre.nameEn,
      })
      .from(pool)
      .innerJoin(centre, eq(centre.id, pool.centreId))
      .where(eq(centre.parkId, own.id))
      .orderBy(asc(centre.slug), asc(pool.position), asc(pool.id));
    const rows = await readWeeks(
      q,
      pools.map((p) => p.id),
      firstWeek - length,
      lastWeek,
    );
    const { id: _, ...names } = own;
    return { park: names, now: arrange(pools, rows, firstWeek, lastWeek), before: arrange(pools, rows, firstWeek - length, firstWeek - 1) };
  }, 'reports');
}

/** Of a large park in a thread, of a small one here. */
async function where<D extends Needs>(deps: D & { threads?: Threads }, { organisationId }: Actor): Promise<D & { threads?: Threads }> {
  const [found] = await deps.db.read((q) =>
    q
      .select({ pools: countAll() })
      .from(pool)
      .innerJoin(centre, eq(centre.id, pool.centreId))
      .innerJoin(park, eq(park.id, centre.parkId))
      .where(eq(park.organisationId, organisationId)),
  );
  const { threads: _, ...here } = deps;
  return (found?.pools ?? 0) > MOST_POOLS_HERE ? deps : (here as unknown as D);
}

async function pageOf(deps: Needs, actor: Actor, { page, ...weeks }: Weeks & { page: number }) {
  const { park, now, before } = await viewUtilization(deps, actor, weeks);
  const pages = Math.max(1, Math.ceil(now.centres.length / CENTRES_PER_PAGE));
  const shown = Math.min(Math.max(1, Math.trunc(page) || 1), pages);
  return {
    park,
    weeks: now.weeks,
    totals: now.totals,
    changes: HOUR_KINDS.map((kind) => ({ kind, points: changeOf(now, before, kind) })),
    idlest: HOUR_KINDS.flatMap((kind) => rankIdle(now.centres, kind, MOST_RANKED)),
    centres: now.centres.slice((shown - 1) * CENTRES_PER_PAGE, shown * CENTRES_PER_PAGE),
    of: { centres: now.centres.length, pools: now.centres.reduce((sum, one) => sum + one.pools.length, 0) },
    first: (shown - 1) * CENTRES_PER_PAGE + 1,
    page: shown,
    pages,
  };
}

async function fileOf(deps: Needs, actor: Actor, weeks: Weeks, words: Words, locale: Locale) {
  const { park, now } = await viewUtilization(deps, actor, weeks);
  return { slug: park.slug, text: utilizationCsv(now, words, (zh, en) => pick(zh, en, locale)) };
}

const pageApart = apart('parks.utilization-page', pageOf);
const fileApart = apart('parks.utilization-file', fileOf);
export const UTILIZATION_APART = [pageApart, fileApart] as const;

/**
 * As the page shows it: some centres at a time, with the sums of all, and of the same number of weeks before.
 * @param page from 1; one there is not is the nearest there is
 * @throws Problem not_found when the organisation runs no park
 */
export const viewUtilizationPage = async (deps: Needs & { threads?: Threads }, actor: Actor, asked: Weeks & { page: number }) =>
  pageApart(await where(deps, actor), actor, asked);

/** All of the period as a file. @throws Problem not_found when the organisation runs no park */
export const printUtilization = async (
  deps: Needs & { threads?: Threads },
  actor: Actor,
  asked: Weeks,
  words: Words,
  locale: Locale,
): Promise<{ slug: string; text: string }> => fileApart(await where(deps, actor), actor, asked, words, locale);

type Reader = Parameters<Parameters<Deps['db']['read']>[0]>[0];

function readWeeks(q: Reader, poolIds: string[], firstWeek: number, lastWeek: number): Promise<PoolWeek[]> {
  if (poolIds.length === 0) return Promise.resolve([]);
  const week = sql<number>`(${resourceDay.day} + 3) / 7`.mapWith(Number);
  return q
    .select({
      poolId: resourceDay.poolId,
      week,
      open: sumOf(resourceDay.openMinutes),
      booked: sumOf(resourceDay.bookedMinutes),
      used: sumOf(resourceDay.usedMinutes),
    })
    .from(resourceDay)
    .where(
      and(
        inArray(resourceDay.poolId, poolIds),
        gte(resourceDay.day, mondayOfWeek(firstWeek)),
        lt(resourceDay.day, mondayOfWeek(lastWeek + 1)),
      ),
    )
    .groupBy(resourceDay.poolId, week);
}
