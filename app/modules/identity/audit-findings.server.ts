/** What the nightly check of the audit log found, before the operator. */
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { lookAtFinding, openFindings } from '#app/core/audit-findings.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeOperator } from './operators.server.ts';

const LONGEST_NOTE = 1000;

/** @throws Problem not_found for who is no operator */
export const viewAuditFindings = ({ db }: Pick<Deps, 'db'>, operator: Actor) =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'audit.look');
    return openFindings(q);
  });

/**
 * The operator has looked into a finding and says what came of it; it stands no longer before them, and both stay in the audit chain.
 * @throws Problem not_found for who is no operator and for no such finding; invalid_form {field: note} without a note
 */
export async function markFindingLookedAt(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  operator: Actor,
  { id, note }: { id: string; note: string },
): Promise<void> {
  await db.write(async (tx) => {
    await mustBeOperator(tx, operator, 'audit.look');
    const now = clock();
    const text = note.trim();
    if (text === '' || text.length > LONGEST_NOTE)
      throw new Problem('invalid_form', { field: 'note', reason: text ? 'too_long' : 'needed' });
    const found = await lookAtFinding(tx, asId(id), { by: operator.personId, note: text, now });
    if (!found) throw new Problem('not_found');
    const { fault, chain, position } = found;
    await audit(
      tx,
      { chain: 'audit', actorId: operator.personId, action: 'audit.looked_at', data: { fault, chain, position, note: text } },
      now,
    );
  });
}
