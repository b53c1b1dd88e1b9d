import type { Accreditation, accreditation, centre, Family, park } from '#db/schema/centres.ts';
import centres from './data/demonstration-centres.json' with { type: 'json' };
import parks from './data/demonstration-parks.json' with { type: 'json' };
import type { SeedDay } from './day.ts';
import { seedId } from './ids.ts';
import { organisationId, personId } from './people.ts';

export const centreId = (slug: string) => seedId('centre', slug);
export const accreditationId = (slug: string, kind: string) => seedId('accreditation', `${slug} ${kind}`);

export const demonstrationParks = (): (typeof park.$inferInsert)[] =>
  parks.map(({ person, ...row }) => ({ id: seedId('park', row.slug), organisationId: organisationId(row.slug), source: '', ...row }));

export const demonstrationCentres = (createdAt: number): (typeof centre.$inferInsert)[] =>
  centres.map(({ park: parkSlug, at, accredited, manager, technician, email, ...row }, i) => ({
    id: centreId(row.slug),
    organisationId: organisationId(row.slug),
    parkId: parkSlug === null ? null : seedId('park', parkSlug),
    ...row,
    // Of no subscriber.
    phone: `400-000-${1001 + i}`,
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

/** What the operator accepted each kind for: a laboratory's accreditation says nothing of courses or reference materials. */
const FAMILIES: Record<string, Family[]> = { CNAS: ['calibration', 'testing'], CMA: ['calibration', 'verification', 'testing'] };
const WAITING = 'bayu-electrical CNAS';
const REFUSED = 'yangcheng-emc CMA';
const UNSUPPORTED = 'longcheng-thermal CMA';
export const WITHOUT_CERTIFICATE = seedId('accreditation', UNSUPPORTED);
/** Of a producer of reference materials, beside the laboratory's own. */
const PRODUCER = 'jinyun-chemistry';
const OPERATOR = personId('operator@demo.hengji.example');

type Row = typeof accreditation.$inferInsert;
type Check = Required<Pick<Row, 'checkState' | 'checkedFamilies' | 'checkReason' | 'checkedBy' | 'checkedAt' | 'statedAt'>>;

const stated = (statedAt: number): Check => ({
  ...{ checkState: 'stated', checkedFamilies: [], checkReason: '', checkedBy: null, checkedAt: null },
  statedAt,
});

/** Every state of a check can be seen: one waits, one was refused, one lacks its certificate; an own statement is nothing to check. */
function checkOf(name: string, kind: string, from: SeedDay): Check {
  if (kind === 'internal' || name === UNSUPPORTED) return stated(from.at(-30));
  if (name === WAITING) return stated(from.at(-2, 9 * 60 + 40));
  const checked = { statedAt: from.at(-200), checkedBy: OPERATOR, checkedAt: from.at(-198, 10 * 60 + 15) };
  if (name !== REFUSED) return { ...checked, checkState: 'accepted', checkedFamilies: FAMILIES[kind] ?? [], checkReason: '' };
  const reason = '证书上的机构名称与中心名称不一致。请上传本中心的证书，或附上更名批复。';
  return { ...checked, checkState: 'refused', checkedFamilies: [], checkReason: reason };
}

/** Numbers begin with DEMO: they are no certificate of anybody. */
export const demonstrationAccreditations = (from: SeedDay): Row[] =>
  centres.flatMap(({ slug, accredited }, i) => {
    const row = (kind: string, mark: string) => {
      const end = ENDS[`${slug} ${kind}`] ?? YEARS_LEFT_DAYS + 17 * i;
      return {
        id: accreditationId(slug, mark),
        centreId: centreId(slug),
        kind: kind as Accreditation,
        number: `DEMO-${mark.toUpperCase()}-${String(i + 1).padStart(4, '0')}`,
        validFrom: from.at(end - 6 * 365),
        // The last millisecond of its last day.
        validUntil: from.at(end + 1) - 1,
      };
    };
    const rows: Row[] = accredited.map((kind) => ({ ...row(kind, kind), ...checkOf(`${slug} ${kind}`, kind, from) }));
    if (slug !== PRODUCER) return rows;
    const families: Family[] = ['reference_material'];
    const scope = '标准物质生产者：pH 与电导率标准溶液';
    return [...rows, { ...row('CNAS', 'CNAS-RM'), scope, ...checkOf(`${slug} RM`, 'CNAS', from), checkedFamilies: families }];
  });
