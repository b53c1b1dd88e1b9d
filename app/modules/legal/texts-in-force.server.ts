import { and, asc, eq, inArray, isNotNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import type { Queries } from '#db/queries.ts';
import { type LegalPage, legalText } from '#db/schema/legal.ts';
import { AGREED_PAGES, inForce, type Versions } from './legal-rules.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;
type Known = { read: Promise<{ page: LegalPage; version: number; effectiveAt: number | null }[]>; at: number };

/** Every page of whoever is signed in asks: what another process publishes is seen after so long. */
const KEPT_MS = 30_000;
const known = new WeakMap<Deps['db'], Known>();

/** After something was published here. */
export const forgetVersions = ({ db }: Pick<Deps, 'db'>): boolean => known.delete(db);

/** Of the pages people agree to, the versions in force now. */
export async function versionsInForce({ db, clock }: Needs): Promise<Versions> {
  const now = clock();
  const before = known.get(db);
  const fresh = before && now >= before.at && now - before.at < KEPT_MS ? before : { read: db.read(agreedVersions), at: now };
  known.set(db, fresh);
  // One that failed is no answer for half a minute.
  const rows = await fresh.read.catch((error: unknown) => {
    known.delete(db);
    throw error;
  });
  const of = (page: LegalPage) =>
    inForce(
      rows.filter((row) => row.page === page),
      now,
    )?.version ?? 0;
  return { terms: of('terms'), privacy: of('privacy') };
}

const agreedVersions = (q: Queries) =>
  q
    .select({ page: legalText.page, version: legalText.version, effectiveAt: legalText.effectiveAt })
    .from(legalText)
    .where(and(inArray(legalText.page, [...AGREED_PAGES]), isNotNull(legalText.effectiveAt)));

/** A page's versions that are or were or will be in force, the oldest first. */
export const publishedVersions = (q: Queries, page: LegalPage) =>
  q
    .select({ version: legalText.version, effectiveAt: legalText.effectiveAt })
    .from(legalText)
    .where(and(eq(legalText.page, page), isNotNull(legalText.effectiveAt)))
    .orderBy(asc(legalText.version));
