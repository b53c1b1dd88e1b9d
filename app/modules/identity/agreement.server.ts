import { eq } from 'drizzle-orm';
import { newId } from '#app/core/ids.server.ts';
import type { Queries } from '#db/queries.ts';
import { agreement, person } from '#db/schema/identity.ts';

/** Versions of the terms and of the privacy notice. */
export type Agreed = { terms: number; privacy: number };

/** A person has agreed to these versions: kept with the account, and for good as an agreement of its own. */
export async function noteAgreement(tx: Queries, personId: string, { terms, privacy }: Agreed, now: number): Promise<void> {
  await tx.insert(agreement).values({ id: newId(), personId, terms, privacy, agreedAt: now });
  await tx.update(person).set({ agreedTerms: terms, agreedPrivacy: privacy }).where(eq(person.id, personId));
}
