import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { subjectLine } from '#app/modules/enquiries/enquiry-row.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { countAll } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { type EnquiryState, enquiry } from '#db/schema/enquiries.ts';
import { organisation } from '#db/schema/identity.ts';
import { pageOf, placeOf } from './pages.ts';

export const ENQUIRY_STATES = ['open', 'answered', 'declined', 'withdrawn'] as const satisfies readonly EnquiryState[];

const PER_PAGE = 30;
/** No further is counted. */
export const MOST_COUNTED = 1000;

/**
 * The enquiries of the actor's organisation, the newest first, of one state or of all, and how many there are of each.
 * @param cursor as `nextCursor` gave it; anything else begins at the newest
 * @throws Problem not_found, forbidden
 */
export async function listEnquiries(
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  { state, cursor = '' }: { state: EnquiryState | null; cursor?: string },
) {
  requireRight(actor, 'enquiry.view');
  const buying = actor.organisationKind === 'sme';
  const place = placeOf(cursor);
  return db.read(async (q) => {
    const ids = q.select({ id: centre.id }).from(centre).where(eq(centre.organisationId, actor.organisationId));
    const own = buying ? eq(enquiry.buyerId, actor.organisationId) : inArray(enquiry.centreId, ids);
    const some = q.select({ state: enquiry.state }).from(enquiry).where(own).limit(MOST_COUNTED).as('some');
    const counted = await q.select({ state: some.state, count: countAll() }).from(some).groupBy(some.state);
    const rows = await q
      .select({
        id: enquiry.id,
        state: enquiry.state,
        said: enquiry.said,
        text: enquiry.text,
        quantity: enquiry.quantity,
        neededBy: enquiry.neededBy,
        priceFrom: enquiry.priceFrom,
        createdAt: enquiry.createdAt,
        timeZone: centre.timeZone,
        other: buying ? { nameZh: centre.nameZh, nameEn: centre.nameEn } : { nameZh: organisation.nameZh, nameEn: organisation.nameEn },
      })
      .from(enquiry)
      .innerJoin(centre, eq(centre.id, enquiry.centreId))
      .innerJoin(organisation, eq(organisation.id, enquiry.buyerId))
      .where(and(own, state === null ? undefined : eq(enquiry.state, state), place && lt(enquiry.id, place.id)))
      .orderBy(desc(enquiry.id))
      .limit(PER_PAGE + 1);
    const { shown, nextCursor } = pageOf(rows, PER_PAGE, ({ createdAt }) => createdAt);
    return {
      enquiries: shown.map(({ said, text, ...row }) => ({ ...row, subject: subjectLine({ said, text }) })),
      counts: new Map(counted.map((one) => [one.state, one.count])),
      nextCursor,
    };
  });
}
