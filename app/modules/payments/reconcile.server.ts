import { and, asc, eq, gt, inArray, isNotNull, lt, ne, or } from 'drizzle-orm';
import { cursorOf, moveCursor } from '#app/core/cursor.server.ts';
import { progressOf } from '#app/modules/orders/order-facts.server.ts';
import { paymentAttempt, refund } from '#db/schema/payments.ts';
import { applyFetched } from './apply-payment.server.ts';
import { applyRefund } from './apply-refund.server.ts';
import { compareBalance } from './compare-balance.server.ts';
import type { PaymentDeps } from './deps.ts';
import { isGatewayError, isMissing } from './gateway.ts';
import { storeEvent } from './receive-webhook.server.ts';
import { sendRefund } from './send-refund.server.ts';
import { settleCheckout } from './settle-checkout.server.ts';
import { openCheckout } from './start-payment.server.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** How often it is worth running. */
export const RECONCILE_EVERY_MS = 5 * MINUTE;
/** What is younger than this belongs to a request under way; it was not left behind. */
const LEFT_BEHIND_MS = 2 * MINUTE;
/** The gateway may show an event a little after one that happened later. */
const EVENTS_OVERLAP_MS = 5 * MINUTE;
const BATCH = 200;
/** How long the gateway keeps its events. For as long, a checkout that failed is asked about again once a day. */
const KEPT_BY_GATEWAY_MS = 30 * DAY;

/**
 * Puts right what a crash, a lost webhook or a lost answer has left behind. Safe at any time and as often as wanted; one process at
 * a time is enough.
 * @returns how many things the gateway could not be asked about: they are asked again next time
 */
export async function reconcile(deps: PaymentDeps, signal?: AbortSignal): Promise<number> {
  let unanswered = 0;
  const each = [...(await checkouts(deps)), ...(await failedCheckouts(deps)), ...(await refunds(deps))];
  for (const work of [...each, () => events(deps), () => daily(deps)]) {
    if (signal?.aborted) break;
    try {
      await work();
    } catch (error) {
      if (!isGatewayError(error)) throw error;
      unanswered++;
    }
  }
  if (unanswered > 0) deps.log.warn({ unanswered }, 'the payment gateway did not answer the reconciliation');
  return unanswered;
}

/** Checkouts whose start was never answered, those still open after their time or their hold ended, and payments on their way. */
async function checkouts(deps: PaymentDeps) {
  const now = deps.clock();
  const { state, updatedAt, expiresAt } = paymentAttempt;
  const rows = await deps.db.read((q) =>
    q
      .select()
      .from(paymentAttempt)
      .where(
        or(
          and(eq(state, 'starting'), lt(updatedAt, now - LEFT_BEHIND_MS)),
          and(
            eq(state, 'open'),
            or(lt(expiresAt, now), and(ne(progressOf(paymentAttempt.orderId), 'held'), lt(updatedAt, now - LEFT_BEHIND_MS))),
          ),
          eq(state, 'processing'),
        ),
      )
      .orderBy(asc(updatedAt))
      .limit(BATCH),
  );
  return rows.map((attempt) => async () => {
    const { gatewaySession } = attempt;
    if (gatewaySession === null) await openCheckout(deps, attempt);
    else await settleCheckout(deps, { ...attempt, gatewaySession });
  });
}

/**
 * Checkouts recorded as failed. The gateway may know better: our key may have been that of another account, or money
 * came after it had reported them failed.
 */
async function failedCheckouts(deps: PaymentDeps) {
  const now = deps.clock();
  const { state, gatewaySession, createdAt, updatedAt } = paymentAttempt;
  const rows = await deps.db.read((q) =>
    q
      .select({ id: paymentAttempt.id, session: gatewaySession })
      .from(paymentAttempt)
      .where(and(eq(state, 'failed'), isNotNull(gatewaySession), gt(createdAt, now - KEPT_BY_GATEWAY_MS), lt(updatedAt, now - DAY)))
      .orderBy(asc(updatedAt))
      .limit(BATCH),
  );
  return rows.map(({ id, session }) => async () => {
    try {
      await applyFetched(deps, await deps.gateway.fetchPayment(session ?? ''));
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    const asked = and(eq(paymentAttempt.id, id), eq(state, 'failed'));
    await deps.db.write((tx) => tx.update(paymentAttempt).set({ updatedAt: now }).where(asked));
  });
}

/** Refunds that were never sent, and those whose outcome is not known. */
async function refunds(deps: PaymentDeps) {
  const rows = await deps.db.read((q) =>
    q
      .select()
      .from(refund)
      .where(and(inArray(refund.state, ['starting', 'pending']), lt(refund.updatedAt, deps.clock() - LEFT_BEHIND_MS)))
      .orderBy(asc(refund.updatedAt))
      .limit(BATCH),
  );
  return rows.map((row) => async () => {
    if (row.gatewayRefund === null) await sendRefund(deps, row.id);
    else await applyRefund(deps, await deps.gateway.fetchRefund(row.gatewayRefund));
  });
}

/** Takes what the gateway has told since the last look, whether or not its webhook came. */
async function events(deps: PaymentDeps): Promise<void> {
  const name = 'gateway_events';
  const now = deps.clock();
  const since = await position(deps, name, now - DAY);
  const told = await deps.gateway.listSince(since - EVENTS_OVERLAP_MS);
  for (let i = 0; i < told.length; i += BATCH)
    await deps.db.write(async (tx) => {
      for (const event of told.slice(i, i + BATCH)) if (event.live === deps.gateway.live) await storeEvent(tx, event, now);
    });
  await moveTo(deps, name, Math.max(since, ...told.map((event) => event.at)), now);
}

async function daily(deps: PaymentDeps): Promise<void> {
  const name = 'gateway_balance';
  const now = deps.clock();
  const since = await position(deps, name, 0);
  if (now - since < DAY) return;
  await moveTo(deps, name, await compareBalance(deps, since), now);
}

async function position({ db }: PaymentDeps, name: string, first: number): Promise<number> {
  const known = await db.read((q) => cursorOf(q, name));
  return known ? Number(known.position) : first;
}

const moveTo = ({ db }: PaymentDeps, name: string, to: number, now: number): Promise<void> =>
  db.write((tx) => moveCursor(tx, name, { position: String(to), at: now }));
