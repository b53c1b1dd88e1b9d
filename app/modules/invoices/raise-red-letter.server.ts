import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { invoiceAt, lettersOf } from './invoice-row.server.ts';
import { raiseForRefund, taxLeft, writeLetter } from './raise-for-refund.server.ts';
import { isLive, leftToTakeBack } from './red-letter-machine.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;

/**
 * The centre takes back all that is left of an invoice that was written wrong; once that is done its orders may be invoiced again.
 * @throws Problem not_found, forbidden; invoice_past where nothing is left to take back, or it is not issued
 */
export async function raiseForMistake({ db, clock }: Needs, actor: Actor, number: string): Promise<void> {
  await db.write(async (tx) => {
    const { row } = await invoiceAt(tx, actor, 'centre', number);
    const letters = await lettersOf(tx, row.id);
    const amount = leftToTakeBack(row.amount, letters);
    if (row.state !== 'issued' || amount <= 0) throw new Problem('invoice_past');
    const letter = { reason: 'mistake' as const, orderId: null, refundId: null, amount, tax: taxLeft(row, letters) };
    await writeLetter(tx, row, letter, actor.personId, clock());
  });
}

/**
 * Raises a red letter for a refund anew, because the last one lapsed or was withdrawn.
 * @throws Problem not_found, forbidden; invoice_past when that is done already
 */
export async function raiseAgain({ db, clock }: Needs, actor: Actor, number: string, letterId: string): Promise<void> {
  await db.write(async (tx) => {
    const { row } = await invoiceAt(tx, actor, 'centre', number);
    const letters = await lettersOf(tx, row.id);
    const last = letters.find(({ id }) => id === letterId);
    if (!last) throw new Problem('not_found');
    const { orderId, refundId, amount, raisedAt } = last;
    const since = letters.some((one) => isLive(one) && one.raisedAt >= raisedAt && one.orderId === orderId && one.refundId === refundId);
    if (isLive(last) || since || orderId === null || row.state !== 'issued') throw new Problem('invoice_past');
    if (leftToTakeBack(row.amount, letters) <= 0) throw new Problem('invoice_past');
    await raiseForRefund(tx, row, { orderId, refundId, amount }, clock(), actor.personId);
  });
}
