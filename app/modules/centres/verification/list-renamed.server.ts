import { and, asc, isNotNull, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { centre } from '#db/schema/centres.ts';

/** As many as one page shows. */
const MOST_LISTED = 200;

/** Centres that were verified under another name than they have: they are not verified, until they show that they are still the same. */
export const listRenamed = ({ db }: Pick<Deps, 'db'>, operator: Actor) =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'centre.verify');
    return q
      .select({ id: centre.id, slug: centre.slug, nameZh: centre.nameZh, nameEn: centre.nameEn, verifiedAs: centre.verifiedAs })
      .from(centre)
      .where(and(isNull(centre.verifiedAt), isNotNull(centre.verifiedAs)))
      .orderBy(asc(centre.nameZh), asc(centre.id))
      .limit(MOST_LISTED);
  });
