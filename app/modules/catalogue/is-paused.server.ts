import { and, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { service } from '#db/schema/catalogue.ts';

/** Whether a service exists and is not sold at the moment: whoever follows an old link to it is told until when. */
export async function isPaused({ db }: Pick<Deps, 'db'>, slug: string): Promise<boolean> {
  const rows = await db.read((q) =>
    q
      .select({ id: service.id })
      .from(service)
      .where(and(eq(service.slug, slug), eq(service.status, 'paused'))),
  );
  return rows.length > 0;
}
