import { desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { type Difference, LEDGER_CHAIN } from '#app/modules/payments/note-difference.server.ts';
import { againId } from '#app/modules/payments/retry-refund.server.ts';
import type { Queries } from '#db/queries.ts';
import { auditLog } from '#db/schema/core.ts';
import { orders } from '#db/schema/orders.ts';
import { refund } from '#db/schema/payments.ts';

/** So many of each are looked through, the latest first: what is older has been seen. */
const MOST = 1000;

export type MoneyExceptions = {
  /** Not explained yet, the latest first; `at` in UTC ms. The same difference found again is one. */
  differences: { position: number; at: number; data: Difference }[];
  /** Failed and not tried again; amounts in 分. */
  refunds: { id: string; number: string; amount: number; reason: string; failure: string | null; at: number }[];
};

/** What the gateway and we do not agree on, and refunds that came back. @throws Problem not_found for who is no operator */
export const viewMoneyExceptions = ({ db }: Pick<Deps, 'db'>, operator: Actor): Promise<MoneyExceptions> =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'money.settle');
    return { differences: await openDifferences(q), refunds: await failedRefunds(q) };
  });

async function openDifferences(q: Queries): Promise<MoneyExceptions['differences']> {
  const rows = await q.select().from(auditLog).where(eq(auditLog.chain, LEDGER_CHAIN)).orderBy(desc(auditLog.position)).limit(MOST);
  const positions = new Set(rows.filter((row) => row.action === 'ledger.explained').map((row) => Number(row.data.position)));
  const found = rows.filter((row) => row.action === 'ledger.difference').map((row) => ({ ...row, key: keyOf(row.data) }));
  const explained = new Set(found.filter((row) => positions.has(row.position)).map((row) => row.key));
  const once = new Map(found.filter((row) => !explained.has(row.key)).map((row) => [row.key, row]));
  return [...once.values()].map(({ position, at, data }) => ({ position, at, data: data as Difference }));
}

const keyOf = (data: object): string => JSON.stringify(Object.entries(data).sort());

async function failedRefunds(q: Queries): Promise<MoneyExceptions['refunds']> {
  const rows = await q
    .select({ row: refund, number: orders.number })
    .from(refund)
    .innerJoin(orders, eq(orders.id, refund.orderId))
    .where(eq(refund.state, 'failed'))
    .orderBy(desc(refund.updatedAt), desc(refund.id))
    .limit(MOST);
  if (rows.length === 0) return [];
  const ids = rows.map(({ row }) => againId(row.id));
  const again = new Set((await q.select({ id: refund.id }).from(refund).where(inArray(refund.id, ids))).map(({ id }) => id));
  return rows
    .filter(({ row }) => !again.has(againId(row.id)))
    .map(({ row: { id, amount, reason, failure, updatedAt }, number }) => ({ id, number, amount, reason, failure, at: updatedAt }));
}
