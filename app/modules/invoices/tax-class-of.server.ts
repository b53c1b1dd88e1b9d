import { asc, eq } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { taxClass } from '#db/schema/invoices.ts';

/** The classes a centre has set, the one for all families first. */
export const taxClassesOf = (q: Queries, centreId: string) =>
  q
    .select({ family: taxClass.family, code: taxClass.code, name: taxClass.name, item: taxClass.item })
    .from(taxClass)
    .where(eq(taxClass.centreId, centreId))
    .orderBy(asc(taxClass.family));
