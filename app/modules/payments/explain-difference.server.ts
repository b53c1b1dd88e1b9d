import type { Actor } from '#app/core/actor.ts';
import { audit, isInChain } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { LEDGER_CHAIN } from './note-difference.server.ts';

const LONGEST_NOTE = 1000;

/**
 * The operator says what a difference was; it stands no longer before them, and both stay in the audit chain.
 * @param position of the difference in the chain
 * @throws Problem not_found for who is no operator and for no such difference; invalid_form {field: note} without a note
 */
export async function explainDifference(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  operator: Actor,
  { position, note }: { position: number; note: string },
): Promise<void> {
  await db.write(async (tx) => {
    await mustBeOperator(tx, operator, 'money.settle');
    const text = note.trim();
    if (text === '' || text.length > LONGEST_NOTE)
      throw new Problem('invalid_form', { field: 'note', reason: text ? 'too_long' : 'needed' });
    if (!(await isInChain(tx, LEDGER_CHAIN, { position, action: 'ledger.difference' }))) throw new Problem('not_found');
    const data = { position, note: text };
    await audit(tx, { chain: LEDGER_CHAIN, actorId: operator.personId, action: 'ledger.explained', data }, clock());
  });
}
