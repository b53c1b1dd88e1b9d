import { and, eq, lt, or } from 'drizzle-orm';
import { isUniqueViolation } from '#db/errors.ts';
import { lease } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';

/**
 * Takes or renews the right to do a piece of background work, among several processes.
 * @param ms how long it holds; take it again before it ends to go on
 * @returns whether `owner` has it now
 */
export async function takeLease({ db, clock }: Pick<Deps, 'db' | 'clock'>, name: string, owner: string, ms: number): Promise<boolean> {
  const now = clock();
  try {
    return await db.write(async (tx) => {
      const taken = await tx
        .update(lease)
        .set({ owner, until: now + ms })
        .where(and(eq(lease.name, name), or(eq(lease.owner, owner), lt(lease.until, now))))
        .returning({ name: lease.name });
      if (taken.length > 0) return true;
      const [held] = await tx.select().from(lease).where(eq(lease.name, name));
      if (held) return false;
      await tx.insert(lease).values({ name, owner, until: now + ms });
      return true;
    });
  } catch (error) {
    if (isUniqueViolation(error)) return false; // another process was first to write the row
    throw error;
  }
}
