import { setImmediate } from 'node:timers/promises';
import { and, asc, eq, isNull } from 'drizzle-orm';
import { followChanges } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import type { LiveScopes, Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { addressOf } from '#app/modules/identity/people.server.ts';
import { waitingDemand } from '#db/schema/catalogue.ts';
import type { Catalogue } from '../catalogue.ts';
import { findByNeed } from '../find-by-need.server.ts';
import { findByWords } from '../find-by-words.server.ts';
import { needText } from '../need-fields.ts';
import { needVocabulary } from '../need-vocabulary.ts';
import { readNeed } from '../read-need.server.ts';
import { readBounds, readFilters } from '../search-query.ts';
import { type Demand, pathOf } from './demand.ts';

export type DemandNeeds = Pick<Deps, 'db' | 'clock'> & { catalogue: { current(): Promise<Catalogue> }; scopes: LiveScopes };

/** Changes after which a centre may be able to do what it could not. */
const TELLS_OF_CATALOGUE = new Set(['centre', 'service', 'capability']);

/**
 * Background work of one process: searches again for what waits, when something has changed that could answer, or something new waits.
 * @returns a task that says how many were met
 */
export function demandMeeter(services: DemandNeeds): (signal: AbortSignal) => Promise<number> {
  const changes = followChanges(services);
  let lookedAt = Number.NEGATIVE_INFINITY;
  return async (signal) => {
    if ((await changes()).some(({ kind }) => TELLS_OF_CATALOGUE.has(kind))) lookedAt = Number.NEGATIVE_INFINITY;
    const begun = services.clock();
    const met = await meetDemands(services, lookedAt, signal);
    lookedAt = begun;
    return met;
  };
}

/** Writes to whose need can be met now. @param since of those left before, nothing has changed */
export async function meetDemands(services: DemandNeeds, since = Number.NEGATIVE_INFINITY, signal?: AbortSignal): Promise<number> {
  const waiting = await services.db.read((q) =>
    q.select().from(waitingDemand).where(isNull(waitingDemand.metAt)).orderBy(asc(waitingDemand.createdAt)),
  );
  const asked = waiting.filter(({ createdAt }) => createdAt >= since);
  if (asked.length === 0) return 0;
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  let met = 0;
  for (const demand of asked) {
    if (signal?.aborted) break;
    // A search takes milliseconds, and thousands may wait: others are answered in between.
    await setImmediate();
    const count = countFor(demand, catalogue, scopes, services.clock());
    if (count > 0 && (await tell(services, demand, count))) met++;
  }
  return met;
}

/** How many services suit what was asked, as it was asked: the nearest do not count. */
function countFor({ search, asked }: Demand, catalogue: Catalogue, scopes: Scopes, now: number): number {
  const params = new URLSearchParams(asked);
  const filters = readFilters(params, ['fit']);
  const { bounds } = readBounds(filters);
  if (search === 'words') {
    const query = { words: filters.words, facets: filters.facets, ...bounds, sort: 'fit', offset: 0, limit: 1 } as const;
    const { found, instead } = findByWords(catalogue, scopes.vocabulary, query);
    return instead ? 0 : found.total;
  }
  const { need, pieces, family, place } = readNeed(needText(params), needVocabulary(catalogue, scopes, now));
  if (!need) return 0;
  const { family: _, ...facets } = filters.facets;
  return findByNeed({ catalogue, scopes }, { need, pieces, family, place, filters: { ...filters, facets }, bounds }).total;
}

/** One mail, in the transaction that closes it. */
const tell = ({ db, clock }: DemandNeeds, demand: Demand, count: number): Promise<boolean> =>
  db.write(async (tx) => {
    const now = clock();
    const closed = await tx
      .update(waitingDemand)
      .set({ metAt: now })
      .where(and(eq(waitingDemand.id, demand.id), isNull(waitingDemand.metAt)))
      .returning({ id: waitingDemand.id });
    const to = await addressOf(tx, demand.personId);
    if (closed.length === 0 || !to) return false;
    const facts = { wanted: demand.said, count, link: pathOf(demand) };
    await queueMail(tx, { kind: 'demand_met', to, locale: demand.locale, facts, dedupeKey: `demand:${demand.id}` }, now);
    return true;
  });
