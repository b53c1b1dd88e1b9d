import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { type Invoice, lettersOf, type RedLetter } from './invoice-row.server.ts';
import { nextRedLetterState, type RedLetterEvent } from './red-letter-machine.ts';

/** A red letter of an invoice, and the state an event leads it to. @throws Problem not_found; red_letter_past where the event does not fit */
export async function redLetterOf(q: Queries, row: Invoice, letterId: string, event: RedLetterEvent, now: number) {
  const letters = await lettersOf(q, row.id);
  const letter = letters.find(({ id }) => id === letterId);
  if (!letter) throw new Problem('not_found');
  const state = nextRedLetterState(letter, event, now);
  if (!state) throw new Problem('red_letter_past');
  return { letter, state, letters } satisfies { letter: RedLetter; state: string; letters: RedLetter[] };
}
