import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { firmsCalled } from '#app/modules/identity/organisations.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centreMember } from '#db/schema/centres.ts';
import { centreOf } from '../centre-access.server.ts';

const MOST_NAME = 200;

/**
 * Gives a firm the centre's member price. Who manages a centre cannot leaf through the firms there are: the firm is named exactly.
 * @param called its name in either language, or its 统一社会信用代码
 * @throws Problem not_found, forbidden; invalid_form {field: firm, reason: unknown | several}
 */
export async function addMemberFirm({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, called: string): Promise<void> {
  await db.write(async (tx) => {
    const centre = await centreOf(tx, actor);
    requireRight(actor, 'service.publish');
    const firm = await firmCalled(tx, called.trim());
    const now = clock();
    const row = { centreId: centre.id, organisationId: firm, personId: actor.personId, createdAt: now };
    const added = await tx.insert(centreMember).values(row).onConflictDoNothing().returning({ id: centreMember.organisationId });
    if (added.length === 0) return;
    const entry = { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'member_firm_added', data: { firm } };
    await audit(tx, entry, now);
  });
}

async function firmCalled(tx: Queries, called: string): Promise<string> {
  const refuse = (reason: string) => new Problem('invalid_form', { field: 'firm', reason });
  if (called === '' || called.length > MOST_NAME || called.includes('\u0000')) throw refuse('unknown');
  const name = called.toWellFormed();
  const [firm, second] = await firmsCalled(tx, name);
  if (!firm) throw refuse('unknown');
  if (second) throw refuse('several');
  return firm;
}

/** Orders already placed keep their price. @throws Problem not_found, forbidden */
export async function removeMemberFirm({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, firm: string): Promise<void> {
  await db.write(async (tx) => {
    const centre = await centreOf(tx, actor);
    requireRight(actor, 'service.publish');
    const removed = await tx
      .delete(centreMember)
      .where(and(eq(centreMember.centreId, centre.id), eq(centreMember.organisationId, firm)))
      .returning({ id: centreMember.organisationId });
    if (removed.length === 0) throw new Problem('not_found');
    const entry = { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'member_firm_removed', data: { firm } };
    await audit(tx, entry, clock());
  });
}
