import { eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { person } from '#db/schema/identity.ts';
import { forgetDevices } from './known-devices.server.ts';
import { mustBeOperator } from './operators.server.ts';
import { endSessionsOf } from './sessions.server.ts';

/**
 * An operator signs somebody out everywhere; no browser is known for them any more, and they are told by mail. The password stays.
 * @throws Problem not_found for whoever is no operator, and for nobody
 */
export async function endSessions(deps: Deps, operator: Actor, personId: string): Promise<void> {
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    await mustBeOperator(tx, operator, 'person.help');
    const [found] = await tx.select().from(person).where(eq(person.id, personId));
    if (!found) throw new Problem('not_found');
    await endSessionsOf(tx, deps, personId);
    await forgetDevices(tx, personId);
    await audit(tx, { chain: `person:${personId}`, actorId: operator.personId, action: 'sessions_ended', data: { by: 'operator' } }, now);
    const facts = { name: found.name, at: now, link: '/forgot' };
    await queueMail(tx, { kind: 'sessions_ended', to: found.email, locale: found.locale, facts }, now);
  });
}
