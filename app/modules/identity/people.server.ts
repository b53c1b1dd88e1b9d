/** What other modules ask of people. */
import type { Queries } from '#db/queries.ts';
import { person } from '#db/schema/identity.ts';

/** Whether anybody has signed up. */
export const anybody = async (q: Queries): Promise<boolean> => (await q.select({ id: person.id }).from(person).limit(1)).length > 0;
