import { and, eq, inArray } from 'drizzle-orm';
import { type Queries, sumOf } from '#db/queries.ts';
import { ledgerEntry, ledgerTransaction } from '#db/schema/payments.ts';
import { applyDispute } from './apply-dispute.server.ts';
import { applyFetched } from './apply-payment.server.ts';
import { applyRefund } from './apply-refund.server.ts';
import type { PaymentDeps } from './deps.ts';
import { type GatewayMovement, isMissing } from './gateway.ts';
import { type Account, acceptedCause, book, unbalancedTransactions } from './ledger.server.ts';
import { type Difference, noteDifference } from './note-difference.server.ts';

/** How long a webhook may take to arrive before it counts as missing. */
const SETTLED_MS = 3_600_000;

/** How each kind of movement is found in the ledger: the cause it is booked under, and the accounts in which the part of the gateway is. */
const BOOKED: Record<
  Exclude<GatewayMovement['kind'], 'other'>,
  { cause: (source: string, movement: string) => string; accounts: Account[] }
> = {
  payment: { cause: (source) => source, accounts: ['gateway'] },
  refund: { cause: acceptedCause, accounts: ['refund_payable'] },
  refund_failed: { cause: (source) => source, accounts: ['gateway', 'refund_payable'] },
  dispute: { cause: (_, movement) => movement, accounts: ['gateway'] },
};

/**
 * Holds the ledger against the gateway's balance, movement by movement, and books what the gateway kept as its fee. Whatever differs
 * is written to the log and stands before the operator.
 * @param since where the last comparison ended
 * @returns where this one ended
 */
export async function compareBalance(deps: PaymentDeps, since: number): Promise<number> {
  const { db, gateway, clock, log } = deps;
  const now = clock();
  const until = now - SETTLED_MS;
  const movements = (await gateway.listMovements(since)).filter((movement) => movement.at < until);
  const found: Difference[] = [];
  for (const movement of movements) {
    let difference = await db.write((tx) => settle(tx, movement, now));
    if (difference?.booked === 0 && (await bookUntold(deps, movement))) difference = await db.write((tx) => settle(tx, movement, now));
    if (difference) found.push(difference);
  }
  for (const transaction of await db.read(unbalancedTransactions)) found.push({ transaction });
  for (const difference of found) {
    log.error(difference, 'the ledger and the gateway differ');
    await db.write((tx) => noteDifference(tx, difference, now));
  }
  return until;
}

/**
 * Applies what moved the balance without an event, or with one that came while the gateway could not be asked.
 * @returns whether the gateway knows what it was
 */
async function bookUntold(deps: PaymentDeps, { kind, source }: GatewayMovement): Promise<boolean> {
  if (source === null || kind === 'other') return false;
  try {
    if (kind === 'dispute') return await applyDispute(deps, await deps.gateway.fetchDispute(source));
    if (kind !== 'payment') return (await applyRefund(deps, await deps.gateway.fetchRefund(source))) !== 'not_ours';
    const checkout = await deps.gateway.findCheckout(source);
    return checkout !== null && (await applyFetched(deps, checkout)).outcome === 'paid';
  } catch (error) {
    if (!isMissing(error)) throw error;
    return false;
  }
}

async function settle(tx: Queries, movement: GatewayMovement, now: number): Promise<Difference | undefined> {
  const { kind, source, amount, fee, currency } = movement;
  // Payouts are not booked yet; until they are, they are shown as differences.
  if (kind === 'other' || source === null) return { movement: movement.id, kind, amount, booked: 0 };
  const { cause, accounts } = BOOKED[kind];
  const [booked] = await tx
    .select({ orderId: ledgerTransaction.orderId, amount: sumOf(ledgerEntry.amount) })
    .from(ledgerTransaction)
    .innerJoin(ledgerEntry, eq(ledgerEntry.transactionId, ledgerTransaction.id))
    .where(
      and(
        eq(ledgerTransaction.kind, kind),
        eq(ledgerTransaction.cause, cause(source, movement.id)),
        inArray(ledgerEntry.account, accounts),
        eq(ledgerEntry.currency, currency),
      ),
    )
    .groupBy(ledgerTransaction.orderId);
  if (booked?.amount !== amount) return { movement: movement.id, kind, amount, booked: booked?.amount ?? 0 };
  const entries = [['platform_fee', fee] as const, ['gateway', -fee] as const];
  if (fee !== 0) await book(tx, { orderId: booked.orderId, kind: 'fee', cause: movement.id, currency, entries }, now);
  return undefined;
}
