import { lte } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { capabilityImport } from '#db/schema/capability.ts';

const KEPT_MS = 7 * 86_400_000;

/** Background work: files nobody confirmed within a week. */
export async function forgetImports({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  await db.write(async (tx) => {
    await tx.delete(capabilityImport).where(lte(capabilityImport.createdAt, clock() - KEPT_MS));
  });
}
