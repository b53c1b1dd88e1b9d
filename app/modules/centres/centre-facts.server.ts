/** What other modules ask of centres: as an answer, or as the piece of a statement that gives it without one of its own. */
import { type AnyColumn, eq, type Placeholder, type SQL, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';

/** For a select of a table that names a centre: the time zone the centre reckons its days in. */
export const zoneOf = (centreId: AnyColumn): SQL<string> =>
  // Spelled out: among the columns of one table drizzle leaves their table's name away, and here are two.
  sql<string>`(select c.time_zone from centre c where c.id = ${centreId})`;

/** For a condition on rows that name a centre: its entry is public, not one that is being prepared. */
export const isPublic = (centreId: AnyColumn): SQL => sql`not exists (select 1 from centre c where c.id = ${centreId} and c.preparing)`;

/** For `inArray`: the centres of an organisation. */
export const centreIdsOf = (q: Queries, organisationId: string | Placeholder) =>
  q.select({ id: centre.id }).from(centre).where(eq(centre.organisationId, organisationId));

/** The organisation that has claimed the entry; null for none, and for no centre. */
export async function organisationOfCentre(q: Queries, centreId: string): Promise<string | null> {
  const [found] = await prepare(q, 'organisation_of_centre', (p) =>
    p
      .select({ organisationId: centre.organisationId })
      .from(centre)
      .where(eq(centre.id, sql.placeholder('centreId'))),
  ).execute({ centreId });
  return found?.organisationId ?? null;
}

/** Whether the platform has seen whom the entry names: only then the centre takes money. */
export async function isVerified(q: Queries, centreId: string): Promise<boolean> {
  const [found] = await prepare(q, 'centre_verified', (p) =>
    p
      .select({ verifiedAt: centre.verifiedAt })
      .from(centre)
      .where(eq(centre.id, sql.placeholder('centreId'))),
  ).execute({ centreId });
  return (found?.verifiedAt ?? null) !== null;
}

/**
 * To join to rows that name a centre: `.innerJoin(of, eq(of.id, service.centreId))`. Both engines join the table itself, so it costs
 * what joining the table would.
 */
export const centreFacts = (q: Queries) =>
  q
    .select({
      id: centre.id,
      organisationId: centre.organisationId,
      slug: centre.slug,
      nameZh: centre.nameZh,
      nameEn: centre.nameEn,
      timeZone: centre.timeZone,
      verifiedAt: centre.verifiedAt,
      preparing: centre.preparing,
    })
    .from(centre)
    .as('centre_facts');

/** What it is called and where it stands; nothing for no centre. */
export async function placeOfCentre(q: Queries, centreId: string) {
  const { nameZh, nameEn, addressZh, addressEn, organisationId } = centre;
  const [found] = await q.select({ nameZh, nameEn, addressZh, addressEn, organisationId }).from(centre).where(eq(centre.id, centreId));
  return found;
}

/** The street address in Chinese; empty where none is stated. */
export async function addressOfCentre(q: Queries, centreId: string): Promise<string> {
  const [found] = await q.select({ address: centre.addressZh }).from(centre).where(eq(centre.id, centreId));
  return found?.address ?? '';
}
