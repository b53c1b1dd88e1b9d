import { and, eq, lte } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { service } from '#db/schema/catalogue.ts';

/** Puts services back on sale whose pause has ended. @returns how many */
export async function resumePaused({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const over = () => and(eq(service.status, 'paused'), lte(service.pausedUntil, clock()));
  const due = await db.read((q) => q.select({ id: service.id }).from(service).where(over()));
  let resumed = 0;
  for (const { id } of due)
    resumed += await db.write(async (tx) => {
      const now = clock();
      // Looked at again: somebody may have resumed it, or paused it for longer.
      const [row] = await tx
        .select({ version: service.version })
        .from(service)
        .where(and(eq(service.id, id), over()));
      if (!row) return 0;
      const changes = { status: 'published' as const, pausedUntil: null, version: row.version + 1, updatedAt: now };
      await tx.update(service).set(changes).where(eq(service.id, id));
      await announce(tx, 'service', id, now);
      await audit(tx, { chain: `service:${id}`, actorId: null, action: 'service_resumed', data: {} }, now);
      return 1;
    });
  return resumed;
}
