import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { audit } from '#app/core/audit.server.ts';
import type { Handlers } from '#app/core/outbox.server.ts';
import { isProblem } from '#app/core/problem.ts';
import { gatewayEvent } from '#db/schema/payments.ts';
import { applyDispute } from './apply-dispute.server.ts';
import { applyPayment } from './apply-payment.server.ts';
import { applyRefund } from './apply-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import { isMissing } from './gateway.ts';
import { noteDifference } from './note-difference.server.ts';
import { refundOrder } from './refund-order.server.ts';
import { sendRefund } from './send-refund.server.ts';

const eventPayload = z.object({ eventId: z.string(), about: z.enum(['payment', 'refund', 'dispute']), objectId: z.string() });
const refundPayload = z.object({ orderId: z.string(), amount: z.number(), reason: z.string() });
const sendPayload = z.object({ refundId: z.string() });

/** News of a refund or dispute may arrive before news of its payment. It is put off so many times (about two minutes in all), then dropped. */
const TRIES_FOR_STRANGERS = 7;

/** What payments does for outbox rows. Each may run twice for one row. */
export function paymentEffects(deps: PaymentDeps): Handlers {
  return {
    gateway_event: async (payload, { attempts }) => {
      const { eventId, about, objectId } = eventPayload.parse(payload);
      const ours = await applyObject(deps, about, objectId);
      if (!ours && attempts < TRIES_FOR_STRANGERS) throw new Error(`the payment of ${objectId} is not known yet`);
      await deps.db.write((tx) => tx.update(gatewayEvent).set({ appliedAt: deps.clock() }).where(eq(gatewayEvent.id, eventId)));
    },
    /** Orders asks for it when one is cancelled. The row's id names the refund, so that a second run is the same refund. */
    refund: async (payload, { id }) => {
      const request = { id, ...refundPayload.parse(payload) };
      try {
        await refundOrder(deps, request);
      } catch (error) {
        if (!isProblem(error) || error.code !== 'refund_refused') throw error;
        const { orderId, amount, reason } = request;
        deps.log.error({ order: orderId, amount }, 'a refund was asked for that cannot be made');
        const entry = { chain: `order:${orderId}`, actorId: null, action: 'refund.impossible', data: { amount, reason } };
        await deps.db.write(async (tx) => {
          await audit(tx, entry, deps.clock());
          await noteDifference(tx, { order: orderId, kind: 'refund_impossible', amount, reason }, deps.clock());
        });
      }
    },
    send_refund: (payload) => sendRefund(deps, sendPayload.parse(payload).refundId),
  };
}

/** @returns false for what belongs to no payment of ours, as far as is known now */
async function applyObject(deps: PaymentDeps, about: 'payment' | 'refund' | 'dispute', id: string): Promise<boolean> {
  const { gateway } = deps;
  try {
    if (about === 'dispute') return await applyDispute(deps, await gateway.fetchDispute(id));
    if (about === 'refund') return (await applyRefund(deps, await gateway.fetchRefund(id))) !== 'not_ours';
    await applyPayment(deps, id);
    return true;
  } catch (error) {
    // The gateway does not know what its own event is about: nothing to do, ever.
    if (isMissing(error)) return true;
    throw error;
  }
}
