import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { readReason } from '#app/modules/orders/reason.ts';
import { mailBuyerOfInvoice } from './invoice-mail.server.ts';
import { changeInvoice, freeOrders, invoiceAt } from './invoice-row.server.ts';

/**
 * The centre does not issue it, and says why; its orders may be asked for again.
 * @throws Problem not_found, forbidden; invalid_form without a reason; invoice_past when it is no longer waited for
 */
export async function refuseInvoice({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string, typed: string): Promise<void> {
  const reason = readReason(typed, { required: true });
  await db.write(async (tx) => {
    const now = clock();
    const { row } = await invoiceAt(tx, actor, 'centre', number);
    if (row.state !== 'requested') throw new Problem('invoice_past');
    const deed = { action: 'refused', actorId: actor.personId, data: { reason } };
    const refused = await changeInvoice(tx, row, { state: 'refused', reason }, deed, now);
    await freeOrders(tx, row.id);
    await mailBuyerOfInvoice(tx, refused, 'invoice_refused', { reason }, now);
  });
}
