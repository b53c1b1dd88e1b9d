import { and, asc, desc, eq, gte, inArray, isNull, lt, ne, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { ListingContent } from '#app/modules/catalogue/listing/listing-content.ts';
import { MOST_AT_ONCE, type ServicesQuestion } from '#app/modules/catalogue/service-states.ts';
import { isStocked } from '#app/modules/catalogue/stock.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { contains } from '#db/contains.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { service, stock } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { listing } from '#db/schema/listings.ts';
import { orders } from '#db/schema/orders.ts';

const DAY = 86_400_000;
const SHOWN_DAYS = 30;
const PER_PAGE = 50;
const MOST_WORDS = 80;
/** States in which an order counts as booked. */
const BOOKED = ['confirmed', 'received', 'in_service', 'reported', 'closed'] as const;

/**
 * The services of the actor's centre, drafts first, paused ones too, a page at a time, with how often each was booked in the last and the
 * coming 30 days. As many statements, and as much read, whether a centre has ten services or thousands.
 */
export async function listCentreServices({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, question: ServicesQuestion = {}) {
  return db.read(async (q) => {
    const entries = await centresOf(q, actor);
    const own = entries.map(({ id }) => id);
    const { fresh, known, counts } = await countsOf(q, own, question);
    const found = fresh + known;
    const pages = Math.max(1, Math.ceil(found / PER_PAGE));
    const page = Math.min(pages, Math.max(1, Math.trunc(question.page ?? 1) || 1));
    const from = (page - 1) * PER_PAGE;
    const drafts = from < fresh ? await freshDrafts(q, own, question).limit(PER_PAGE).offset(from) : [];
    const rest = PER_PAGE - drafts.length;
    const services = rest > 0 ? await servicesOf(q, own, question, Math.max(0, from - fresh), rest) : [];
    const beside = await besideOf(
      q,
      own,
      services.map(({ id }) => id),
      clock(),
    );
    const rows = services.map(({ available, ...row }) => ({
      ...row,
      left: isStocked(row.family) ? (available ?? 0) : null,
      ...beside(row.id),
    }));
    const preparing = entries.some((one) => one.preparing);
    return { services: [...drafts.map(draftRow), ...rows], counts, found, page, pages, preparing };
  });
}

/**
 * All that were found, on any page.
 * @param sold leaves out drafts
 * @throws Problem invalid_form {field: services, reason: too_many} for more than are acted on at once
 */
export const foundServices = ({ db }: Pick<Deps, 'db'>, actor: Actor, question: ServicesQuestion, sold: boolean): Promise<string[]> =>
  db.read(async (q) => {
    const own = (await centresOf(q, actor)).map(({ id }) => id);
    const drafts = sold ? [] : await freshDrafts(q, own, question).limit(MOST_AT_ONCE + 1);
    const known = await q
      .select({ id: service.id })
      .from(service)
      .where(and(ofServices(own, question), sold ? ne(service.status, 'draft') : undefined))
      .limit(MOST_AT_ONCE + 1);
    const ids = [...drafts, ...known].map(({ id }) => id);
    if (ids.length > MOST_AT_ONCE) throw new Problem('invalid_form', { field: 'services', reason: 'too_many' });
    return ids;
  });

/** The entries of the actor's organisation: nearly always one. */
async function centresOf(q: Queries, actor: Actor) {
  requireRight(actor, 'centre.view');
  return q.select({ id: centre.id, preparing: centre.preparing }).from(centre).where(eq(centre.organisationId, actor.organisationId));
}

/** What a draft says of itself, read where it stands. */
const said = (field: keyof ListingContent) => sql<string>`${listing.content} ->> ${sql.raw(`'${field}'`)}`;

const saying = (columns: readonly unknown[], words = ''): SQL[] => {
  const each = words.normalize('NFKC').trim().slice(0, MOST_WORDS).split(/\s+/).filter(Boolean);
  const line = sql.join(
    columns.map((column) => sql`coalesce(${column}, '')`),
    sql.raw(" || ' ' || "),
  );
  return each.map((word) => contains(line, word));
};

const ofServices = (own: string[], { words, state }: ServicesQuestion) =>
  and(
    inArray(service.centreId, own),
    state && eq(service.status, state),
    ...saying([service.nameZh, service.nameEn, service.specification], words),
  );

/** What was saved and never on sale. */
const ofDrafts = (own: string[], { words, state }: ServicesQuestion) =>
  and(
    inArray(listing.centreId, own),
    isNull(service.id),
    state && state !== 'draft' ? sql`1 = 0` : undefined,
    ...saying([said('nameZh'), said('nameEn'), said('specification')], words),
  );

/** How many there are of each state that say the words, and how many of them on the pages asked for. */
async function countsOf(q: Queries, own: string[], { words, state }: ServicesQuestion) {
  const counted = await q
    .select({ status: sql<string>`${service.status}`.as('status'), count: countAll().as('count') })
    .from(service)
    .where(ofServices(own, { ...(words && { words }) }))
    .groupBy(service.status)
    .unionAll(
      q
        .select({ status: sql<string>`'fresh'`.as('status'), count: countAll().as('count') })
        .from(listing)
        .leftJoin(service, eq(service.id, listing.serviceId))
        .where(ofDrafts(own, { ...(words && { words }) })),
    );
  const of = (status: string) => Number(counted.find((row) => row.status === status)?.count ?? 0);
  const counts = { published: of('published'), paused: of('paused'), draft: of('draft') + of('fresh') };
  const fresh = !state || state === 'draft' ? of('fresh') : 0;
  const known = state ? of(state) : of('published') + of('paused') + of('draft');
  return { fresh, known, counts };
}

const freshDrafts = (q: Queries, own: string[], question: ServicesQuestion) =>
  q
    .select({ id: listing.serviceId, content: listing.content, state: listing.state })
    .from(listing)
    .leftJoin(service, eq(service.id, listing.serviceId))
    .where(ofDrafts(own, question))
    .orderBy(desc(listing.updatedAt), asc(listing.serviceId));

const servicesOf = (q: Queries, own: string[], question: ServicesQuestion, from: number, most: number) =>
  q
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
      saved: listing.state,
    })
    .from(service)
    .innerJoin(centre, eq(centre.id, service.centreId))
    .leftJoin(stock, eq(stock.serviceId, service.id))
    .leftJoin(listing, eq(listing.serviceId, service.id))
    .where(ofServices(own, question))
    .orderBy(asc(service.nameZh), asc(service.id))
    .limit(most)
    .offset(from);

/** How often each was and will be done. */
async function besideOf(q: Queries, own: string[], ids: readonly string[], now: number) {
  const during = (from: number, until: number) =>
    sql<number>`sum(case when ${orders.startAt} >= ${from} and ${orders.startAt} < ${until} then 1 else 0 end)`.mapWith(Number);
  const [first, last] = [now - SHOWN_DAYS * DAY, now + SHOWN_DAYS * DAY];
  const booked =
    ids.length === 0
      ? []
      : await q
          .select({ id: orders.serviceId, past: during(first, now), coming: during(now, last) })
          .from(orders)
          .where(
            and(
              inArray(orders.centreId, own),
              inArray(orders.serviceId, [...ids]),
              inArray(orders.progress, [...BOOKED]),
              gte(orders.startAt, first),
              lt(orders.startAt, last),
            ),
          )
          .groupBy(orders.serviceId);
  const of = new Map(booked.map((row) => [row.id, row]));
  return (id: string) => ({ past: of.get(id)?.past ?? 0, coming: of.get(id)?.coming ?? 0 });
}

function draftRow({ id, content, state }: { id: string; content: unknown; state: 'draft' | 'review' }) {
  const { nameZh, nameEn, family, specification, booking, unitNet, unit } = content as ListingContent;
  return {
    id,
    ...{ nameZh, nameEn, family, specification, booking, unitNet, unit },
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
