import { and, eq, ne } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { type MailFacts, queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { managersOf } from '#app/modules/identity/managers.server.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import type { Queries } from '#db/queries.ts';
import { centre, centreProof } from '#db/schema/centres.ts';
import { afterEvent, entryFault, type ProofEvent, statementFault } from './request-rules.ts';

export type Decision = { accept: true } | { accept: false; reason: string };

type Proof = typeof centreProof.$inferSelect;
type Entry = typeof centre.$inferSelect;

/**
 * The operator accepts or refuses a waiting proof. Accepted, the entry is the organisation's and verified, and what waits of others for
 * the same entry is refused with it.
 * @throws Problem not_found for who is no operator and for no such proof; stale {state} when it is decided already; invalid_form
 * {field: reason, reason}; transition_refused {reason: taken | own_entry | verified} when the entry can no longer become theirs
 */
export async function decideProof(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  operatorId: string,
  id: string,
  decision: Decision,
): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    await mustBeOperator(tx, operatorId);
    const [found] = await tx
      .select({ proof: centreProof, entry: centre })
      .from(centreProof)
      .innerJoin(centre, eq(centre.id, centreProof.centreId))
      .where(eq(centreProof.id, asId(id)));
    if (!found) throw new Problem('not_found');
    const { proof, entry } = found;
    if (!afterEvent(proof.state, decision.accept ? 'accept' : 'refuse')) throw new Problem('stale', { state: proof.state });
    if (!decision.accept) {
      const fault = statementFault(decision.reason);
      if (fault) throw new Problem('invalid_form', { field: 'reason', reason: fault });
      return settle(tx, { proof, entry, event: 'refuse', reason: decision.reason.trim(), operatorId }, now);
    }
    await giveEntry(tx, entry, proof.organisationId, now);
    await settle(tx, { proof, entry, event: 'accept', reason: '', operatorId }, now);
    const others = await tx
      .select()
      .from(centreProof)
      .where(and(eq(centreProof.centreId, entry.id), eq(centreProof.state, 'waiting'), ne(centreProof.id, id)));
    for (const other of others) await settle(tx, { proof: other, entry, event: 'lose', reason: '', operatorId }, now);
  });
}

async function giveEntry(tx: Queries, entry: Entry, organisationId: string, now: number): Promise<void> {
  const [own] = await tx.select({ id: centre.id }).from(centre).where(eq(centre.organisationId, organisationId)).limit(1);
  const fault = entryFault(entry, { organisationId, ownEntryId: own?.id ?? null });
  if (fault) throw new Problem('transition_refused', { reason: fault });
  await tx.update(centre).set({ organisationId, verifiedAt: now, verifiedAs: null }).where(eq(centre.id, entry.id));
  await announce(tx, 'centre', entry.id, now);
}

type Settled = { proof: Proof; entry: Entry; event: Exclude<ProofEvent, 'withdraw'>; reason: string; operatorId: string };

const OUTCOMES: Record<Settled['event'], MailFacts['proof_decided']['outcome']> = { accept: 'accepted', refuse: 'refused', lose: 'taken' };

/** Puts the answer down, in the entry's chain too, and writes to whoever asked. */
async function settle(tx: Queries, { proof, entry, event, reason, operatorId }: Settled, now: number): Promise<void> {
  const state = afterEvent(proof.state, event);
  if (!state) throw new Problem('stale', { state: proof.state });
  await tx.update(centreProof).set({ state, reason, decidedBy: operatorId, decidedAt: now }).where(eq(centreProof.id, proof.id));
  const data = {
    id: proof.id,
    organisationId: proof.organisationId,
    ...(reason ? { reason } : {}),
    ...(event === 'lose' ? { taken: true } : {}),
  };
  await audit(tx, { chain: `centre:${entry.id}`, actorId: operatorId, action: `proof_${state}`, data }, now);
  const facts = {
    centreZh: entry.nameZh,
    centreEn: entry.nameEn,
    outcome: OUTCOMES[event],
    reason,
    link: event === 'accept' ? '/centre/profile' : `/centre/claim/${entry.slug}`,
  };
  for (const to of await managersOf(tx, proof.organisationId))
    await queueMail(
      tx,
      { kind: 'proof_decided', to: to.email, locale: to.locale, facts, dedupeKey: `proof_decided:${proof.id}:${to.id}` },
      now,
    );
}
