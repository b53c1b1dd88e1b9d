import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { mailCentreOfInvoice } from './invoice-mail.server.ts';
import { changeInvoice, freeOrders, invoiceAt } from './invoice-row.server.ts';

/**
 * The buyer takes the request back before it is answered; its orders may be asked for again.
 * @throws Problem not_found, forbidden; invoice_past when it has been answered
 */
export async function withdrawInvoice({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    const { row } = await invoiceAt(tx, actor, 'buyer', number);
    if (row.state !== 'requested') throw new Problem('invoice_past');
    const deed = { action: 'withdrawn', actorId: actor.personId };
    const withdrawn = await changeInvoice(tx, row, { state: 'withdrawn' }, deed, now);
    await freeOrders(tx, row.id);
    await mailCentreOfInvoice(tx, withdrawn, 'invoice_withdrawn', { refunded: false }, now);
  });
}
