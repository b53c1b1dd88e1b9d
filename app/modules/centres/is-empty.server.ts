import type { Deps } from '#app/core/deps.ts';
import { centre } from '#db/schema/centres.ts';
import { person } from '#db/schema/identity.ts';

/** Whether nothing has been put down yet: no person and no centre. */
export async function isEmpty({ db }: Pick<Deps, 'db'>): Promise<boolean> {
  return db.read(async (q) => {
    const people = await q.select({ id: person.id }).from(person).limit(1);
    const centres = await q.select({ id: centre.id }).from(centre).limit(1);
    return people.length === 0 && centres.length === 0;
  });
}
