/** What was looked for and is not to be had in a park: counted by instrument, without who looked. */
import { setImmediate } from 'node:timers/promises';
import { and, desc, eq, gte } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { LiveScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Catalogue, CentreCard } from '#app/modules/catalogue/catalogue.ts';
import { KEPT_MS } from '#app/modules/catalogue/wanted/demand.ts';
import { type WhereMet, whereMet } from '#app/modules/catalogue/wanted/where-met.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { waitingDemand } from '#db/schema/catalogue.ts';
import { park, parkFirm } from '#db/schema/centres.ts';

/** The latest so many are looked at: each is two searches. */
export const MOST_NEEDS = 400;

export interface LackingInstrument {
  /** Null: all whose name is not known. */
  instrument: WhereMet['instrument'];
  /** Times it was looked for; of these by firms of the park, and those that still wait. */
  count: number;
  ofFirms: number;
  waiting: number;
  unlisted: CentreCard[];
  nearest: WhereMet['nearest'];
}

type Needs = Pick<Deps, 'db' | 'clock'> & { catalogue: { current(): Promise<Catalogue> }; scopes: LiveScopes };

/**
 * Needs of the last year that were kept to wait and that no service of the park meets now, most asked first.
 * @returns `looked`: how many were looked at, the latest `MOST_NEEDS` at most
 * @throws Problem not_found for others than parks
 */
export async function listParkNeeds({ db, clock, catalogue, scopes }: Needs, actor: Actor) {
  requireRight(actor, 'park.view');
  const { own, asked } = await db.read(async (q) => {
    const [own] = await q.select({ id: park.id }).from(park).where(eq(park.organisationId, actor.organisationId));
    if (!own) throw new Problem('not_found');
    const firm = and(
      eq(parkFirm.organisationId, waitingDemand.organisationId),
      eq(parkFirm.parkId, own.id),
      eq(parkFirm.state, 'confirmed'),
    );
    const asked = await q
      .select({ search: waitingDemand.search, asked: waitingDemand.asked, metAt: waitingDemand.metAt, firm: parkFirm.organisationId })
      .from(waitingDemand)
      .leftJoin(parkFirm, firm)
      .where(gte(waitingDemand.createdAt, clock() - KEPT_MS))
      .orderBy(desc(waitingDemand.createdAt), desc(waitingDemand.id))
      .limit(MOST_NEEDS);
    return { own, asked };
  }, 'reports');
  const live = { catalogue: await catalogue.current(), scopes: await scopes.current(), now: clock() };
  const card = live.catalogue.parks.get(own.id);
  const found = new Map<string, LackingInstrument>();
  for (const some of Map.groupBy(asked, (one) => `${one.search} ${one.asked}`).values()) {
    // A search takes milliseconds: others are answered in between.
    await setImmediate();
    const [first] = some;
    const where = card && first ? whereMet(live, card, first) : undefined;
    if (where && !where.inPark) add(found, where, some);
  }
  const instruments = [...found.values()].sort((a, b) => b.count - a.count || b.waiting - a.waiting);
  return { instruments, looked: asked.length };
}

function add(
  found: Map<string, LackingInstrument>,
  where: WhereMet,
  asked: readonly { metAt: number | null; firm: string | null }[],
): void {
  const key = where.instrument?.zh ?? '';
  const { instrument, nearest } = where;
  const sofar = found.get(key) ?? { instrument, count: 0, ofFirms: 0, waiting: 0, unlisted: [], nearest };
  found.set(key, {
    instrument,
    count: sofar.count + asked.length,
    ofFirms: sofar.ofFirms + asked.filter(({ firm }) => firm !== null).length,
    waiting: sofar.waiting + asked.filter(({ metAt }) => metAt === null).length,
    unlisted: [...new Set([...sofar.unlisted, ...where.unlisted])],
    nearest: nearer(sofar.nearest, nearest),
  });
}

const FAR = Number.POSITIVE_INFINITY;
const nearer = (a: WhereMet['nearest'], b: WhereMet['nearest']) => ((b?.km ?? FAR) < (a?.km ?? FAR) ? b : (a ?? b));
