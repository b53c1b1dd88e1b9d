import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { changeInvoice, invoiceFor, lettersOf } from './invoice-row.server.ts';
import { isWaiting } from './red-letter-machine.ts';

/**
 * The buyer has confirmed the invoice's use (用途确认) or booked it: from now on a red letter needs the other side's confirmation. Either
 * side says so: the centre sees it at the tax authority.
 * @throws Problem not_found, forbidden; invoice_past for one that is not issued, is used already, or has a red letter on its way
 */
export async function markUsed({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const { row, side } = await invoiceFor(tx, actor, number);
    const waiting = (await lettersOf(tx, row.id)).some(isWaiting);
    if (row.state !== 'issued' || row.usedAt !== null || waiting) throw new Problem('invoice_past');
    await changeInvoice(tx, row, { usedAt: now }, { action: 'used', actorId: actor.personId, data: { by: side } }, now);
  });
}
