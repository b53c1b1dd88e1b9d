import { inArray, lt } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { waitingDemand } from '#db/schema/catalogue.ts';
import { KEPT_MS } from './demand.ts';

const CHUNK = 500;

/** Background work: what was left a year ago, met or not. */
export const forgetDemands = ({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<void> =>
  db.write(async (tx) => {
    const old = tx
      .select({ id: waitingDemand.id })
      .from(waitingDemand)
      .where(lt(waitingDemand.createdAt, clock() - KEPT_MS))
      .limit(CHUNK);
    await tx.delete(waitingDemand).where(inArray(waitingDemand.id, old));
  });
