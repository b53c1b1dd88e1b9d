import type { Deps } from '#app/core/deps.ts';
import { anybody } from '#app/modules/identity/people.server.ts';
import { centre } from '#db/schema/centres.ts';

/** Whether nothing has been put down yet: no person and no centre. */
export async function isEmpty({ db }: Pick<Deps, 'db'>): Promise<boolean> {
  return db.read(async (q) => {
    if (await anybody(q)) return false;
    const centres = await q.select({ id: centre.id }).from(centre).limit(1);
    return centres.length === 0;
  });
}
