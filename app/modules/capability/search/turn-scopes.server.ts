import { and, gt, gte, lt, lte, or } from 'drizzle-orm';
import { announceAll } from '#app/core/change-feed.server.ts';
import { cursorOf, moveCursor } from '#app/core/cursor.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { capability } from '#db/schema/capability.ts';

const NAME = 'scopes_turned';

/** Announces the rows that have begun or ceased to hold since the last time. @returns how many */
export const turnScopes = ({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> =>
  db.write(async (tx) => {
    const now = clock();
    const since = (await cursorOf(tx, NAME))?.at ?? now;
    await moveCursor(tx, NAME, { position: '', at: now });
    const begun = and(gt(capability.validFrom, since), lte(capability.validFrom, now));
    // The last millisecond still holds.
    const ended = and(gte(capability.validUntil, since), lt(capability.validUntil, now));
    const rows = await tx.select({ id: capability.id }).from(capability).where(or(begun, ended));
    await announceAll(
      tx,
      'capability',
      rows.map(({ id }) => id),
      now,
    );
    return rows.length;
  });
