import { and, type Column, eq, gt, lt, or, type SQL } from 'drizzle-orm';
import { isUniqueViolation } from '#db/errors.ts';
import { lease } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';

/** Clocks of processes that work together differ by less than this. */
const CLOCKS_DIFFER_MS = 60_000;

/**
 * Whether what was taken for `ms` at a time is held no longer: it has ended, or it ends later than anybody whose clock is right could have
 * taken it for. A process that died while its clock stood a day ahead holds nothing for a day.
 */
export const isFree = (until: Column, now: number, ms: number): SQL | undefined =>
  or(lt(until, now), gt(until, now + ms + CLOCKS_DIFFER_MS));

/**
 * Takes or renews the right to do a piece of background work, among several processes.
 * @param ms how long it holds, the same for all who ask for it; take it again before it ends to go on
 * @returns whether `owner` has it now
 */
export async function takeLease({ db, clock }: Pick<Deps, 'db' | 'clock'>, name: string, owner: string, ms: number): Promise<boolean> {
  const now = clock();
  try {
    return await db.write(async (tx) => {
      const taken = await tx
        .update(lease)
        .set({ owner, until: now + ms })
        .where(and(eq(lease.name, name), or(eq(lease.owner, owner), isFree(lease.until, now, ms))))
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

/** Gives back what `owner` holds: it is free for the next to take. What another holds stays as it is. */
export async function giveBackLease({ db }: Pick<Deps, 'db'>, name: string, owner: string): Promise<void> {
  await db.write((tx) => tx.delete(lease).where(and(eq(lease.name, name), eq(lease.owner, owner))));
}
