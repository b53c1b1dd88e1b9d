/** What other modules ask of services: as an answer, or as the piece of a statement that gives it without one of its own. */
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import { centreFacts } from '#app/modules/centres/centre-facts.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';

/** To join to rows that name a service: what it is called, and by which rule it is booked. */
export const serviceFacts = (q: Queries) =>
  q
    .select({
      id: service.id,
      centreId: service.centreId,
      version: service.version,
      status: service.status,
      slug: service.slug,
      nameZh: service.nameZh,
      nameEn: service.nameEn,
      setupMinutes: service.setupMinutes,
      minutesPerItem: service.minutesPerItem,
      bufferMinutes: service.bufferMinutes,
      unit: service.unit,
      maxQuantity: service.maxQuantity,
      leadDays: service.leadDays,
      horizonDays: service.horizonDays,
      deliveryModes: service.deliveryModes,
      travelZones: service.travelZones,
      sessions: service.sessions,
    })
    .from(service)
    .as('service_facts');

/** What may change under a booking: read for every one, of whatever status. Nothing for no service. */
export async function serviceHead(q: Queries, serviceId: string) {
  const [head] = await prepare(q, 'service_head', (p) => {
    const of = centreFacts(p);
    return p
      .select({ version: service.version, status: service.status, verifiedAt: of.verifiedAt })
      .from(service)
      .innerJoin(of, eq(of.id, service.centreId))
      .where(eq(service.id, sql.placeholder('serviceId')));
  }).execute({ serviceId });
  return head;
}

/** A service as it is sold, with the centre that sells it. Nothing for no service. */
export async function serviceWithCentre(q: Queries, serviceId: string) {
  const of = centreFacts(q);
  const { id, organisationId, slug, nameZh, nameEn, timeZone } = of;
  const [row] = await q
    .select({ service, centre: { id, organisationId, slug, nameZh, nameEn, timeZone } })
    .from(service)
    .innerJoin(of, eq(of.id, service.centreId))
    .where(eq(service.id, serviceId));
  return row;
}

/** By one statement, what reading a booking form needs of a service on sale. Nothing for one that is not published or whose centre is unclaimed. */
export async function publishedService(q: Queries, slug: string) {
  const [row] = await prepare(q, 'service_sold_by_slug', (p) => {
    const of = centreFacts(p);
    return p
      .select({
        id: service.id,
        booking: service.booking,
        family: service.family,
        operation: service.operation,
        maxQuantity: service.maxQuantity,
        setupMinutes: service.setupMinutes,
        minutesPerItem: service.minutesPerItem,
        bufferMinutes: service.bufferMinutes,
        unit: service.unit,
        zone: of.timeZone,
        verifiedAt: of.verifiedAt,
      })
      .from(service)
      .innerJoin(of, eq(of.id, service.centreId))
      .where(and(eq(service.slug, sql.placeholder('slug')), eq(service.status, 'published'), isNotNull(of.organisationId)));
  }).execute({ slug });
  return row;
}

export async function serviceIdOf(q: Queries, slug: string): Promise<string | undefined> {
  const [row] = await q.select({ id: service.id }).from(service).where(eq(service.slug, slug));
  return row?.id;
}

/** Whether the buyer has to agree before a booking of this service moves. */
export async function asksBeforeMoves(q: Queries, serviceId: string): Promise<boolean> {
  const [row] = await q.select({ moves: service.moves }).from(service).where(eq(service.id, serviceId));
  return row?.moves === 'ask';
}

/** The dates a service is sold on; null for what is sold at any free time. */
export async function sessionsOf(q: Queries, serviceId: string) {
  const [row] = await q.select({ sessions: service.sessions }).from(service).where(eq(service.id, serviceId));
  return row?.sessions ?? null;
}

/** The dates of courses that hold something under one of these ids. */
export async function datesHeldBy(q: Queries, holderIds: ReadonlySet<string>): Promise<{ serviceId: string; startAt: number }[]> {
  const courses = await q.select({ serviceId: service.id, sessions: service.sessions }).from(service).where(isNotNull(service.sessions));
  return courses.flatMap(({ serviceId, sessions }) =>
    (sessions ?? []).flatMap(({ startAt, holderId }) => (holderId !== undefined && holderIds.has(holderId) ? { serviceId, startAt } : [])),
  );
}
