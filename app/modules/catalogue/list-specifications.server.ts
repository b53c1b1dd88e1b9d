import { asc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { fold } from '#app/modules/capability/words/fold.ts';
import { specification } from '#db/schema/catalogue.ts';
import type { Catalogue } from './catalogue.ts';

/**
 * The register of specifications, with how many published services each stands behind.
 * @param words number or title, in either language; all when empty
 */
export async function listSpecifications({ db }: Pick<Deps, 'db'>, catalogue: Catalogue, words: string) {
  const rows = await db.read((q) => q.select().from(specification).orderBy(asc(specification.number)), 'public');
  const used = catalogue.services.specifications();
  const wanted = fold(words.slice(0, 100)).split(/\s+/).filter(Boolean);
  return rows
    .filter((row) => {
      const text = fold(`${row.number} ${row.titleZh} ${row.titleEn} ${row.fieldZh}`);
      return wanted.every((word) => text.includes(word));
    })
    .map((row) => ({ ...row, services: used.get(row.number) ?? 0 }));
}

/** The title of one specification; nothing for a number the register does not hold. */
export async function specificationTitle({ db }: Pick<Deps, 'db'>, number: string) {
  const [row] = await db.read(
    (q) =>
      q
        .select({ titleZh: specification.titleZh, titleEn: specification.titleEn })
        .from(specification)
        .where(eq(specification.number, number)),
    'public',
  );
  return row ?? null;
}
