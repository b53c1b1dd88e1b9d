import { eq, sql } from 'drizzle-orm';
import { newId } from '#app/core/ids.server.ts';
import { type Queries, sumOf } from '#db/queries.ts';
import { ledgerEntry, ledgerTransaction } from '#db/schema/payments.ts';

/** Double entry: debit positive, credit negative. What we owe is negative. */
export type Account = 'gateway' | 'held_for_settlement' | 'platform_fee' | 'centre_payable' | 'refund_payable' | 'receivable';

type Booking = {
  orderId: string;
  kind: (typeof ledgerTransaction.$inferSelect)['kind'];
  /** What caused it at the gateway: the same cause is booked once. */
  cause: string;
  currency: string;
  /** In 分; they sum to zero. */
  entries: readonly (readonly [Account, number])[];
};

/**
 * Books a transaction, once per kind and cause.
 * @returns whether it was booked now
 * @throws RangeError for entries that do not sum to zero: nothing is written then
 */
export async function book(tx: Queries, { entries, currency, ...transaction }: Booking, now: number): Promise<boolean> {
  const sum = entries.reduce((total, [, amount]) => total + amount, 0);
  if (entries.length < 2 || sum !== 0 || entries.some(([, amount]) => !Number.isSafeInteger(amount) || amount === 0))
    throw new RangeError(`ledger entries must be whole cents and sum to zero: ${JSON.stringify(entries)}`);
  const [booked] = await tx
    .insert(ledgerTransaction)
    .values({ id: newId(), at: now, ...transaction })
    .onConflictDoNothing()
    .returning({ id: ledgerTransaction.id });
  if (!booked) return false;
  await tx
    .insert(ledgerEntry)
    .values(entries.map(([account, amount], position) => ({ transactionId: booked.id, position, account, amount, currency })));
  return true;
}

/** A refund is booked twice: when the gateway accepts it, and, under its plain id, when it is done. */
export const acceptedCause = (refund: string) => `${refund}:accepted`;

/** Balance of each account in 分, by currency; of one order, or of all. Their sum is zero. */
export async function ledgerBalances(q: Queries, orderId?: string): Promise<{ account: Account; currency: string; balance: number }[]> {
  const rows = await q
    .select({ account: ledgerEntry.account, currency: ledgerEntry.currency, balance: sumOf(ledgerEntry.amount) })
    .from(ledgerEntry)
    .innerJoin(ledgerTransaction, eq(ledgerTransaction.id, ledgerEntry.transactionId))
    .where(orderId === undefined ? undefined : eq(ledgerTransaction.orderId, orderId))
    .groupBy(ledgerEntry.account, ledgerEntry.currency)
    .orderBy(ledgerEntry.account);
  return rows.map((row) => ({ ...row, account: row.account as Account }));
}

/** @returns ids of transactions that have no entries or whose entries do not sum to zero: there must be none */
export async function unbalancedTransactions(q: Queries): Promise<string[]> {
  const rows = await q
    .select({ id: ledgerTransaction.id })
    .from(ledgerTransaction)
    .leftJoin(ledgerEntry, eq(ledgerEntry.transactionId, ledgerTransaction.id))
    .groupBy(ledgerTransaction.id)
    .having(sql`coalesce(sum(${ledgerEntry.amount}), 1) <> 0`);
  return rows.map((row) => row.id);
}
