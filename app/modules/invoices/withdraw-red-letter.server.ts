import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { changeRedLetter, invoiceAt } from './invoice-row.server.ts';
import { redLetterOf } from './red-letter-of.server.ts';

/** The centre takes a red letter back that nobody has confirmed. @throws Problem not_found, forbidden; red_letter_past */
export async function withdrawRedLetter({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, number: string, letterId: string) {
  await db.write(async (tx) => {
    const now = clock();
    const { row } = await invoiceAt(tx, actor, 'centre', number);
    const { letter, state } = await redLetterOf(tx, row, letterId, 'withdraw', now);
    await changeRedLetter(tx, letter, { state }, { action: 'red_letter_withdrawn', actorId: actor.personId }, now);
  });
}
