import { enqueue } from '#app/core/outbox.server.ts';
import type { Queries } from '#db/queries.ts';
import { gatewayEvent } from '#db/schema/payments.ts';
import type { PaymentDeps } from './deps.ts';
import type { GatewayEvent } from './gateway.ts';

/**
 * Takes an event from the gateway: the signature is checked over the very text that came, then the event's id and the work it asks
 * for are written together. What it says is not believed: the work asks the gateway.
 * @returns what became of it; every one of these is to be answered with 200, for sending it again changes nothing
 * @throws Problem unsigned_event, bad_request
 */
export async function receiveWebhook(
  { db, clock, gateway, log }: PaymentDeps,
  body: string,
  signature: string | null,
): Promise<'taken' | 'known' | 'ignored'> {
  const event = await gateway.parseEvent(body, signature);
  if (event.live !== gateway.live) {
    log.warn({ event: event.id, live: event.live }, 'an event of the other mode (test or live) was sent here');
    return 'ignored';
  }
  if (event.about === 'other') return 'ignored';
  return db.write(async (tx) => ((await storeEvent(tx, event, clock())) ? 'taken' : 'known'));
}

/** @returns whether the event is new */
export async function storeEvent(tx: Queries, { id, type, about, objectId }: GatewayEvent, now: number): Promise<boolean> {
  const [stored] = await tx
    .insert(gatewayEvent)
    .values({ id, type, objectId, receivedAt: now })
    .onConflictDoNothing()
    .returning({ id: gatewayEvent.id });
  if (stored) await enqueue(tx, { topic: 'gateway_event', payload: { eventId: id, about, objectId }, dedupeKey: id }, now);
  return stored !== undefined;
}
