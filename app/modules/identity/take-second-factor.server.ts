import { and, eq, gt } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId } from '#app/core/ids.server.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { passkey, person, recoveryCode, secondFactor, secondFactorRemoval } from '#db/schema/identity.ts';
import { REMOVAL_ASKED_MS, reasonFault, removalStep } from './factor-removal-rules.ts';
import { forgetDevices } from './known-devices.server.ts';
import { mustBeOperator } from './operators.server.ts';
import { endSessionsOf } from './sessions.server.ts';

/** Who has asked for it, while that holds and they are an operator. */
export async function removalAsked(q: Queries, personId: string, now: number) {
  const [found] = await q
    .select({ by: person.id, name: person.name, reason: secondFactorRemoval.reason, until: secondFactorRemoval.expiresAt })
    .from(secondFactorRemoval)
    .innerJoin(person, eq(person.id, secondFactorRemoval.askedBy))
    .where(and(eq(secondFactorRemoval.personId, personId), gt(secondFactorRemoval.expiresAt, now), eq(person.operator, true)));
  return found;
}

/**
 * An operator takes the second factor off somebody who has lost it, after making sure who they are: authenticator, passkeys and recovery codes
 * go, sessions end, they are told by mail. Whoever must have one sets up another at the next sign-in. Off another operator it takes two.
 * @returns `asked` when another operator has to confirm it
 * @throws Problem not_found for who is no operator, for nobody and for who has none; forbidden for the own; invalid_form {field: reason, reason}
 */
export async function takeSecondFactor(deps: Deps, operator: Actor, personId: string, given: string): Promise<'removed' | 'asked'> {
  return deps.db.write(async (tx) => {
    const now = deps.clock();
    await mustBeOperator(tx, operator, 'person.help');
    const [found] = await tx
      .select()
      .from(person)
      .where(eq(person.id, asId(personId)));
    if (!found || found.secondFactorSince === null) throw new Problem('not_found');
    const asked = await removalAsked(tx, found.id, now);
    const step = removalStep({ operatorId: operator.personId, person: found, askedBy: asked?.by ?? null });
    if (step === 'own') throw new Problem('forbidden');
    const fault = reasonFault(given);
    if (fault) throw new Problem('invalid_form', { field: 'reason', reason: fault });
    const reason = given.trim();
    const chain = `person:${found.id}`;
    const tell = (waits: boolean) => {
      const facts = { name: found.name, asked: waits, at: now, link: waits ? '/account' : '/forgot' };
      return queueMail(tx, { kind: 'second_factor_taken', to: found.email, locale: found.locale, facts }, now);
    };
    if (step === 'ask') {
      const row = { askedBy: operator.personId, reason, createdAt: now, expiresAt: now + REMOVAL_ASKED_MS };
      await tx
        .insert(secondFactorRemoval)
        .values({ personId: found.id, ...row })
        .onConflictDoUpdate({ target: secondFactorRemoval.personId, set: row });
      await audit(tx, { chain, actorId: operator.personId, action: 'second_factor_removal_asked', data: { reason } }, now);
      await tell(true);
      return 'asked';
    }
    for (const table of [secondFactor, passkey, recoveryCode, secondFactorRemoval] as const)
      await tx.delete(table).where(eq(table.personId, found.id));
    await tx.update(person).set({ secondFactorSince: null }).where(eq(person.id, found.id));
    await endSessionsOf(tx, deps, found.id);
    await forgetDevices(tx, found.id);
    const data = { by: 'operator', reason, ...(asked && found.operator ? { askedBy: asked.by } : {}) };
    await audit(tx, { chain, actorId: operator.personId, action: 'second_factor_removed', data }, now);
    await tell(false);
    return 'removed';
  });
}
