import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { type LateEffect, lateEffects, retryEffect } from '#app/core/outbox.server.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';

const MOST = 200;

/** Letters, refunds and gateway events that have not got through for an hour and more. @throws Problem not_found for who is no operator */
export const viewLateEffects = ({ db }: Pick<Deps, 'db'>, operator: Actor): Promise<LateEffect[]> =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'effect.retry');
    return lateEffects(q, MOST);
  });

/** Tries one again at once. @throws Problem not_found for who is no operator, and when it has got through meanwhile */
export async function retryLateEffect({ db, clock }: Pick<Deps, 'db' | 'clock'>, operator: Actor, id: string): Promise<void> {
  await db.write(async (tx) => {
    await mustBeOperator(tx, operator, 'effect.retry');
    if (!(await retryEffect(tx, asId(id), clock()))) throw new Problem('not_found');
    await audit(tx, { chain: 'outbox', actorId: operator.personId, action: 'effect.retried', data: { effect: id } }, clock());
  });
}
