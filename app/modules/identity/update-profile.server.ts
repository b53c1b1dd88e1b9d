import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { person } from '#db/schema/identity.ts';
import type { ProfileForm } from './forms.ts';
import type { Viewer } from './guards.server.ts';

/** The name others see, and the language mail is written in. */
export async function updateProfile(deps: Deps, viewer: Viewer, { name, locale }: ProfileForm): Promise<void> {
  await deps.db.write(async (tx) => {
    await tx.update(person).set({ name, locale }).where(eq(person.id, viewer.person.id));
  });
}
