import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { mailCentreOfInvoice } from './invoice-mail.server.ts';
import { changeRedLetter, invoiceFor } from './invoice-row.server.ts';
import { redLetterOf } from './red-letter-of.server.ts';

/**
 * The red letter of a used invoice has been confirmed at the tax authority. The buyer says so, or the centre, which sees it there.
 * @throws Problem not_found, forbidden; red_letter_past after 72 hours, and where nobody has to confirm
 */
export async function confirmRedLetter({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string, letterId: string) {
  await db.write(async (tx) => {
    const now = clock();
    const { row, side } = await invoiceFor(tx, actor, number);
    const { letter, state } = await redLetterOf(tx, row, letterId, 'confirm', now);
    const deed = { action: 'red_letter_confirmed', actorId: actor.personId, data: { by: side } };
    await changeRedLetter(tx, letter, { state, confirmedAt: now }, deed, now);
    if (side === 'buyer') await mailCentreOfInvoice(tx, row, 'red_letter_confirmed', { red: letter.amount }, now, { once: letter.id });
  });
}
