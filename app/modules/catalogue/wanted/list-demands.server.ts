import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { waitingDemand } from '#db/schema/catalogue.ts';
import { pathOf } from './demand.ts';

/** What the person waits for and what has been met, the latest first. */
export async function listDemands({ db }: Pick<Deps, 'db'>, { personId }: Actor) {
  const rows = await db.read((q) =>
    q.select().from(waitingDemand).where(eq(waitingDemand.personId, personId)).orderBy(desc(waitingDemand.createdAt)),
  );
  return rows.map(({ id, said, createdAt, metAt, ...asked }) => ({ id, said, createdAt, metAt, path: pathOf(asked) }));
}
