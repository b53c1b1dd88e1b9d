import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { session } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';

/** From now on this session acts for another of the person's organisations. @throws Problem not_found for one they do not belong to */
export async function switchOrganisation(deps: Deps, viewer: Viewer, organisationId: string): Promise<void> {
  if (!viewer.memberships.some((m) => m.organisation.id === organisationId)) throw new Problem('not_found');
  await deps.db.write(async (tx) => {
    await tx.update(session).set({ organisationId }).where(eq(session.id, viewer.session.id));
  });
}
