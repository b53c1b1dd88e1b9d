import { and, asc, eq, lte } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { redLetter } from '#db/schema/invoices.ts';
import { mailBuyerOfInvoice, mailCentreOfInvoice } from './invoice-mail.server.ts';
import { changeRedLetter, invoiceById, lettersOf } from './invoice-row.server.ts';
import { LAPSE_MS, nextRedLetterState } from './red-letter-machine.ts';

const AT_ONCE = 100;

/** Background work: what nobody confirmed within 72 hours has lapsed, and both sides are told. @returns how many did */
export async function lapseRedLetters({ db, clock }: Pick<Deps, 'db' | 'clock'>, signal?: AbortSignal): Promise<number> {
  const due = await db.read((q) =>
    q
      .select({ id: redLetter.id, invoiceId: redLetter.invoiceId })
      .from(redLetter)
      .where(and(eq(redLetter.state, 'raised'), eq(redLetter.invoiceUsed, true), lte(redLetter.raisedAt, clock() - LAPSE_MS)))
      .orderBy(asc(redLetter.raisedAt))
      .limit(AT_ONCE),
  );
  let lapsed = 0;
  for (const { id, invoiceId } of due) if (!signal?.aborted) lapsed += await lapse({ db, clock }, invoiceId, id);
  return lapsed;
}

const lapse = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, invoiceId: string, id: string): Promise<number> =>
  db.write(async (tx) => {
    const now = clock();
    const { row } = await invoiceById(tx, invoiceId);
    // Looked at again: it may have been confirmed meanwhile.
    const letter = (await lettersOf(tx, invoiceId)).find((one) => one.id === id);
    const state = letter && nextRedLetterState(letter, 'lapse', now);
    if (!letter || !state) return 0;
    await changeRedLetter(tx, letter, { state }, { action: 'red_letter_lapsed', actorId: null }, now);
    await mailCentreOfInvoice(tx, row, 'red_letter_lapsed', { red: letter.amount }, now, { once: id });
    await mailBuyerOfInvoice(tx, row, 'red_letter_lapsed', { red: letter.amount }, now, { once: id });
    return 1;
  });
