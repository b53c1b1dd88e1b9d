import { and, asc, eq, gte, inArray, lt } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import type { ListingContent } from '#app/modules/catalogue/listing/listing-content.ts';
import { isStocked } from '#app/modules/catalogue/stock.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { countAll } from '#db/queries.ts';
import { service, stock } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { orders } from '#db/schema/orders.ts';
import { listDrafts } from './view-listing.server.ts';

const DAY = 86_400_000;
const SHOWN_DAYS = 30;
/** States in which an order counts as booked. */
const BOOKED = ['confirmed', 'received', 'in_service', 'reported', 'closed'] as const;

/** All services of the actor's centre, drafts first, paused ones too, with how often each was booked in the last and the coming 30 days. */
export async function listCentreServices({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  requireRight(actor, 'centre.view');
  const now = clock();
  return db.read(async (q) => {
    const services = await q
      .select({
        id: service.id,
        slug: service.slug,
        nameZh: service.nameZh,
        nameEn: service.nameEn,
        family: service.family,
        specification: service.specification,
        status: service.status,
        booking: service.booking,
        unitNet: service.unitNet,
        unit: service.unit,
        pausedUntil: service.pausedUntil,
        timeZone: centre.timeZone,
        available: stock.available,
      })
      .from(service)
      .leftJoin(stock, eq(stock.serviceId, service.id))
      .innerJoin(centre, eq(centre.id, service.centreId))
      .where(eq(centre.organisationId, actor.organisationId))
      .orderBy(asc(service.nameZh));
    const counts = async (from: number, until: number) => {
      const ids = services.map((row) => row.id);
      if (ids.length === 0) return new Map<string, number>();
      const rows = await q
        .select({ id: orders.serviceId, count: countAll() })
        .from(orders)
        .where(
          and(inArray(orders.serviceId, ids), inArray(orders.progress, [...BOOKED]), gte(orders.startAt, from), lt(orders.startAt, until)),
        )
        .groupBy(orders.serviceId);
      return new Map(rows.map((row) => [row.id, row.count]));
    };
    const past = await counts(now - SHOWN_DAYS * DAY, now);
    const coming = await counts(now, now + SHOWN_DAYS * DAY);
    const [own] = await q
      .select({ id: centre.id })
      .from(centre)
      .where(eq(centre.organisationId, actor.organisationId))
      .orderBy(asc(centre.id))
      .limit(1);
    const saved = own ? await listDrafts(q, own.id) : [];
    const waiting = new Map(saved.map((row) => [row.serviceId, row.state]));
    const drafts = saved.filter((row) => !services.some(({ id }) => id === row.serviceId)).map(draftRow);
    const rows = services.map((row) => ({
      ...row,
      left: isStocked(row.family) ? (row.available ?? 0) : null,
      past: past.get(row.id) ?? 0,
      coming: coming.get(row.id) ?? 0,
      saved: waiting.get(row.id) ?? null,
    }));
    return [...drafts, ...rows];
  });
}

function draftRow({ serviceId, content, state }: Awaited<ReturnType<typeof listDrafts>>[number]) {
  const { nameZh, nameEn, family, specification, booking, unitNet, unit } = content as ListingContent;
  const plain = { nameZh, nameEn, family, specification, booking, unitNet, unit };
  return {
    ...plain,
    id: serviceId,
    slug: '',
    status: 'draft' as const,
    pausedUntil: null,
    timeZone: '',
    left: null,
    past: 0,
    coming: 0,
    saved: state,
  };
}

type Listed = Awaited<ReturnType<typeof listCentreServices>>[number];

/** Those that say every word, in either language, and are in the state asked for; empty: any. */
export function findServices(list: readonly Listed[], words: string, state: Listed['status'] | ''): Listed[] {
  const fold = (text: string) => text.normalize('NFKC').toLowerCase();
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  return list.filter(({ status, nameZh, nameEn, specification }) => {
    const said = fold(`${nameZh} ${nameEn} ${specification}`);
    return (state === '' || status === state) && wanted.every((word) => said.includes(word));
  });
}
