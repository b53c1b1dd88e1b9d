import { and, eq, ne } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { type MailFacts, queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { managersOf } from '#app/modules/identity/managers.server.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import type { Queries } from '#db/queries.ts';
import { centre, verificationRequest } from '#db/schema/centres.ts';
import { takePrepared } from './prepared-entry.server.ts';
import { afterEvent, entryFault, statementFault, type VerificationRequestEvent } from './request-rules.ts';

export type Decision = { accept: true } | { accept: false; reason: string };

type VerificationRequest = typeof verificationRequest.$inferSelect;
type Entry = typeof centre.$inferSelect;

/**
 * The operator accepts or refuses a waiting verification request. Accepted, the entry is the organisation's and verified, with all that was
 * prepared for it, and what waits of others for the same entry is refused with it.
 * @throws Problem not_found for who is no operator and for no such verification request; stale {state} when it is decided already; invalid_form
 * {field: reason, reason}; transition_refused {reason: taken | own_entry | verified} when the entry can no longer become theirs
 */
export async function decideVerificationRequest(
  { db, clock, tell }: Pick<Deps, 'db' | 'clock' | 'tell'>,
  operator: Actor,
  id: string,
  decision: Decision,
): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    await mustBeOperator(tx, operator, 'centre.verify');
    const [found] = await tx
      .select({ verification: verificationRequest, entry: centre })
      .from(verificationRequest)
      .innerJoin(centre, eq(centre.id, verificationRequest.centreId))
      .where(eq(verificationRequest.id, asId(id)));
    if (!found) throw new Problem('not_found');
    const { verification, entry } = found;
    if (!afterEvent(verification.state, decision.accept ? 'accept' : 'refuse')) throw new Problem('stale', { state: verification.state });
    if (!decision.accept) {
      const fault = statementFault(decision.reason);
      if (fault) throw new Problem('invalid_form', { field: 'reason', reason: fault });
      return settle(tx, { verification, entry, event: 'refuse', reason: decision.reason.trim(), operatorId: operator.personId }, now);
    }
    await giveEntry(tx, entry, verification.organisationId, now);
    await takePrepared({ tx, tell, now }, entry, verification.organisationId);
    await settle(tx, { verification, entry, event: 'accept', reason: '', operatorId: operator.personId }, now);
    const others = await tx
      .select()
      .from(verificationRequest)
      .where(and(eq(verificationRequest.centreId, entry.id), eq(verificationRequest.state, 'waiting'), ne(verificationRequest.id, id)));
    for (const other of others)
      await settle(tx, { verification: other, entry, event: 'lose', reason: '', operatorId: operator.personId }, now);
  });
}

async function giveEntry(tx: Queries, entry: Entry, organisationId: string, now: number): Promise<void> {
  const [own] = await tx
    .select({ id: centre.id })
    .from(centre)
    .where(and(eq(centre.organisationId, organisationId), eq(centre.preparing, false)))
    .limit(1);
  const fault = entryFault(entry, { organisationId, ownEntryId: own?.id ?? null });
  if (fault) throw new Problem('transition_refused', { reason: fault });
  await tx.update(centre).set({ organisationId, verifiedAt: now, verifiedAs: null }).where(eq(centre.id, entry.id));
  await announce(tx, 'centre', entry.id, now);
}

type Settled = {
  verification: VerificationRequest;
  entry: Entry;
  event: Exclude<VerificationRequestEvent, 'withdraw'>;
  reason: string;
  operatorId: string;
};

const OUTCOMES: Record<Settled['event'], MailFacts['verification_request_decided']['outcome']> = {
  accept: 'accepted',
  refuse: 'refused',
  lose: 'taken',
};

/** Puts the answer down, in the entry's chain too, and writes to whoever asked. */
async function settle(tx: Queries, { verification, entry, event, reason, operatorId }: Settled, now: number): Promise<void> {
  const state = afterEvent(verification.state, event);
  if (!state) throw new Problem('stale', { state: verification.state });
  await tx
    .update(verificationRequest)
    .set({ state, reason, decidedBy: operatorId, decidedAt: now })
    .where(eq(verificationRequest.id, verification.id));
  const data = {
    id: verification.id,
    organisationId: verification.organisationId,
    ...(reason ? { reason } : {}),
    ...(event === 'lose' ? { taken: true } : {}),
  };
  await audit(tx, { chain: `centre:${entry.id}`, actorId: operatorId, action: `verification_request_${state}`, data }, now);
  const facts = {
    centreZh: entry.nameZh,
    centreEn: entry.nameEn,
    outcome: OUTCOMES[event],
    reason,
    link: event === 'accept' ? '/centre/profile' : `/centre/claim/${entry.slug}`,
  };
  for (const to of await managersOf(tx, verification.organisationId))
    await queueMail(
      tx,
      {
        kind: 'verification_request_decided',
        to: to.email,
        locale: to.locale,
        facts,
        dedupeKey: `verification_request_decided:${verification.id}:${to.id}`,
      },
      now,
    );
}
