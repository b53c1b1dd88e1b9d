import type { accreditation, centre, park } from '#db/schema/catalogue.ts';
import centres from './data/demonstration-centres.json' with { type: 'json' };
import parks from './data/demonstration-parks.json' with { type: 'json' };
import type { SeedDay } from './day.ts';
import { seedId } from './ids.ts';
import { organisationId } from './people.ts';

export const centreId = (slug: string) => seedId('centre', slug);
export const accreditationId = (slug: string, kind: string) => seedId('accreditation', `${slug} ${kind}`);

export const demonstrationParks = (): (typeof park.$inferInsert)[] =>
  parks.map(({ person, ...row }) => ({ id: seedId('park', row.slug), organisationId: organisationId(row.slug), source: '', ...row }));

export const demonstrationCentres = (createdAt: number): (typeof centre.$inferInsert)[] =>
  centres.map(({ park: parkSlug, at, accredited, manager, technician, email, ...row }) => ({
    id: centreId(row.slug),
    organisationId: organisationId(row.slug),
    parkId: parkSlug === null ? null : seedId('park', parkSlug),
    ...row,
    latitude: at[0] ?? null,
    longitude: at[1] ?? null,
    timeZone: 'Asia/Shanghai',
    creditGrade: null,
    demonstration: true,
    source: '',
    sourceConfidence: '',
    verifiedAt: createdAt,
    createdAt,
  }));

/** Days from the seeded day on which an accreditation ends; the rest have years left. One is about to end, one has ended. */
const ENDS: Record<string, number> = { 'park-station CMA': 21, 'liangjiang-acoustics CMA': -40 };
const YEARS_LEFT_DAYS = 1130;

/** Numbers begin with DEMO: they are no certificate of anybody. */
export const demonstrationAccreditations = (from: SeedDay): (typeof accreditation.$inferInsert)[] =>
  centres.flatMap(({ slug, accredited }, i) =>
    accredited.map((kind) => {
      const end = ENDS[`${slug} ${kind}`] ?? YEARS_LEFT_DAYS + 17 * i;
      return {
        id: accreditationId(slug, kind),
        centreId: centreId(slug),
        kind: kind as 'CNAS' | 'CMA' | 'internal',
        number: `DEMO-${kind.toUpperCase()}-${String(i + 1).padStart(4, '0')}`,
        validFrom: from.at(end - 6 * 365),
        validUntil: from.at(end),
      };
    }),
  );
