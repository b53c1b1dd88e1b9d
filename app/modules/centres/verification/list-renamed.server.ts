import { and, asc, isNotNull, isNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { centre } from '#db/schema/centres.ts';

/** As many as one page shows. */
const MOST_LISTED = 200;

/** Centres that were verified under another name than they have: they are not verified, until they show that they are still the same. */
export const listRenamed = ({ db }: Pick<Deps, 'db'>, operatorId: string) =>
  db.read(async (q) => {
    await mustBeOperator(q, operatorId);
    return q
      .select({ id: centre.id, slug: centre.slug, nameZh: centre.nameZh, nameEn: centre.nameEn, verifiedAs: centre.verifiedAs })
      .from(centre)
      .where(and(isNull(centre.verifiedAt), isNotNull(centre.verifiedAs)))
      .orderBy(asc(centre.nameZh), asc(centre.id))
      .limit(MOST_LISTED);
  });
