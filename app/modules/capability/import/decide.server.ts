import type { Actor } from '#app/core/actor.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Decisions } from './decisions.ts';
import type { KeptImport } from './kept-imports.server.ts';
import { type ImportDeps, judgeAhead, openWork, saveDecisions } from './open-work.server.ts';

/**
 * One decision about an import of the actor's centre: `change` sees the import as it is in the transaction, so that two people's
 * decisions are both kept. Decisions returned as they were are not written.
 * @throws Problem not_found, forbidden; what `change` throws
 */
export async function decide(
  { db, clock, imports }: ImportDeps,
  actor: Actor,
  id: string,
  change: (work: KeptImport) => Decisions,
): Promise<void> {
  requireRight(actor, 'scope.state');
  if (imports) await judgeAhead({ db, clock, imports }, actor, id);
  await db.write(async (tx) => {
    const centre = await centreOf(tx, actor);
    const work = await openWork(tx, imports, centre.id, id);
    const decisions = change(work);
    if (decisions !== work.facts.decisions) await saveDecisions(tx, id, decisions);
  });
}
