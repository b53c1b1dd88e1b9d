import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { centre, park } from '#db/schema/centres.ts';

/** What of a centre is told on its own page only: its words, host, address, and where an unclaimed entry comes from. @throws Problem not_found */
export async function viewCentre({ db }: Pick<Deps, 'db'>, slug: string) {
  const [row] = await db.read((q) =>
    q
      .select({
        id: centre.id,
        introZh: centre.introZh,
        introEn: centre.introEn,
        hostZh: centre.hostZh,
        hostEn: centre.hostEn,
        addressZh: centre.addressZh,
        addressEn: centre.addressEn,
        source: centre.source,
        sourceConfidence: centre.sourceConfidence,
        verifiedAt: centre.verifiedAt,
        verifiedAs: centre.verifiedAs,
      })
      .from(centre)
      .where(eq(centre.slug, slug)),
  );
  if (!row) throw new Problem('not_found');
  return row;
}

/** The same of a park. @throws Problem not_found */
export async function viewPark({ db }: Pick<Deps, 'db'>, slug: string) {
  const [row] = await db.read(
    (q) =>
      q
        .select({ focusZh: park.focusZh, focusEn: park.focusEn, factZh: park.factZh, factEn: park.factEn, source: park.source })
        .from(park)
        .where(eq(park.slug, slug)),
    'public',
  );
  if (!row) throw new Problem('not_found');
  return row;
}
