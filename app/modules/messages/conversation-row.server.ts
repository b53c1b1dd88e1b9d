import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { asId, newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { serviceIdOf, serviceWithCentre } from '#app/modules/catalogue/service-facts.server.ts';
import { organisationOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { enquiryFor } from '#app/modules/enquiries/enquiry-row.server.ts';
import { orderFor } from '#app/modules/orders/order-row.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { conversation, type MessageSide } from '#db/schema/messages.ts';

export type Conversation = typeof conversation.$inferSelect;

/** By its own id, or by what it is about: it may be still to begin. A centre begins none about a service: it does not know with whom. */
export type About = { conversation: string } | { order: string } | { enquiry: string } | { service: string };

type Parties = { orderId: string | null; serviceId: string | null; enquiryId: string | null; buyerId: string; centreId: string };
export type Standing = { side: MessageSide; parties: Parties; conversation: Conversation | null };

/** What the conversation is about and on which side the actor stands. @throws Problem not_found for everybody who is on neither */
export async function standingIn(q: Queries, actor: Actor, about: About): Promise<Standing> {
  if ('order' in about) {
    const { order, side } = await orderFor(q, actor, about.order);
    const parties = { orderId: order.id, serviceId: null, enquiryId: null, buyerId: order.buyerId, centreId: order.centreId };
    return { side, parties, conversation: await begun(q, parties) };
  }
  if ('enquiry' in about) {
    const { enquiry, side } = await enquiryFor(q, actor, about.enquiry);
    const parties = { orderId: null, serviceId: null, enquiryId: enquiry.id, buyerId: enquiry.buyerId, centreId: enquiry.centreId };
    return { side, parties, conversation: await begun(q, parties) };
  }
  if ('service' in about) return standingAtService(q, actor, about.service);
  const [found] = await prepare(q, 'conversation_by_id', (p) =>
    p
      .select()
      .from(conversation)
      .where(eq(conversation.id, sql.placeholder('id'))),
  ).execute({ id: asId(about.conversation) });
  if (found && actor.organisationKind === 'sme' && found.buyerId === actor.organisationId)
    return { side: 'buyer', parties: found, conversation: found };
  if (found && actor.organisationKind === 'centre' && (await organisationOfCentre(q, found.centreId)) === actor.organisationId)
    return { side: 'centre', parties: found, conversation: found };
  throw new Problem('not_found');
}

/** Of a service that is on sale, or that the firm has asked about while it was. */
async function standingAtService(q: Queries, actor: Actor, slug: string): Promise<Standing> {
  if (actor.organisationKind !== 'sme') throw new Problem('not_found');
  const id = await serviceIdOf(q, asId(slug));
  const found = id === undefined ? undefined : await serviceWithCentre(q, id);
  if (!found) throw new Problem('not_found');
  const parties = { orderId: null, serviceId: found.service.id, enquiryId: null, buyerId: actor.organisationId, centreId: found.centre.id };
  const known = await begun(q, parties);
  // Of a paused service people may ask when it comes back; a draft was never shown to them, and nobody answers for an unclaimed entry.
  if (!known && (found.service.status === 'draft' || found.centre.organisationId === null)) throw new Problem('not_found');
  return { side: 'buyer', parties, conversation: known };
}

async function begun(q: Queries, { orderId, serviceId, enquiryId, buyerId }: Parties): Promise<Conversation | null> {
  const about =
    orderId !== null
      ? eq(conversation.orderId, orderId)
      : enquiryId !== null
        ? eq(conversation.enquiryId, enquiryId)
        : and(eq(conversation.serviceId, serviceId ?? ''), eq(conversation.buyerId, buyerId));
  const [found] = await q.select().from(conversation).where(about);
  return found ?? null;
}

/** Begins it, unless somebody of either side has done so at this moment. */
export async function beginConversation(tx: Queries, parties: Parties, now: number): Promise<Conversation> {
  await tx
    .insert(conversation)
    .values({ ...parties, id: newId(), createdAt: now, lastAt: now })
    .onConflictDoNothing();
  const known = await begun(tx, parties);
  if (!known) throw new Problem('not_found');
  return known;
}
