/** Which services of the demonstration have more than a price per piece, and which firms pay less. */
import type { service, TravelZone } from '#db/schema/catalogue.ts';
import type { centreMember, parkFirm } from '#db/schema/centres.ts';
import { centreId } from './centres.ts';
import { seedId } from './ids.ts';
import { organisationId, personId } from './people.ts';

const ZONES: TravelZone[] = [
  { nameZh: '苏州高新区', nameEn: 'Suzhou New District', net: 20_000, minutes: 30 },
  { nameZh: '苏州市区', nameEn: 'Suzhou city', net: 30_000, minutes: 60 },
  { nameZh: '昆山', nameEn: 'Kunshan', net: 50_000, minutes: 90 },
];
const wholeYuan = (net: number) => Math.round(net / 100) * 100;
const byRange = (unitNet: number) =>
  [
    [150, 1],
    [300, 1.25],
    [500, 1.75],
  ].map(([upTo = 0, factor = 1]) => ({ upTo, unit: 'mm', unitNet: wholeYuan(unitNet * factor) }));

type Rules = Partial<typeof service.$inferInsert>;
const RULES: Record<string, (unitNet: number) => Rules> = {
  'caliper-gusu-precision': (unitNet) => ({
    rangePrices: byRange(unitNet),
    perPointNet: 500,
    includedPoints: 5,
    travelZones: ZONES,
    bufferMinutes: 30,
    memberBasisPoints: 500,
    parkBasisPoints: 1_000,
  }),
  'caliper-park-station': (unitNet) => ({ rangePrices: byRange(unitNet), parkBasisPoints: 500 }),
  'surface-plate-gusu-precision': () => ({ travelZones: ZONES, memberBasisPoints: 500 }),
};

const NONE: Rules = {
  rangePrices: [],
  perPointNet: 0,
  includedPoints: 0,
  travelZones: [],
  bufferMinutes: 0,
  memberBasisPoints: 0,
  parkBasisPoints: 0,
};

export const priceRulesOf = (slug: string, unitNet: number): Rules => ({ ...NONE, ...RULES[slug]?.(unitNet) });

const park = (slug: string) => seedId('park', slug);

/** One firm its park has confirmed, one that waits for it. */
export const demonstrationParkFirms = (createdAt: number): (typeof parkFirm.$inferInsert)[] =>
  (['confirmed', 'asked'] as const).map((state) => {
    const [slug, email] = state === 'confirmed' ? ['demo-lingyu-gauges', 'lingyu'] : ['demo-hengchi-automation', 'hengchi'];
    return {
      parkId: park('demo-suzhou-west'),
      organisationId: organisationId(slug),
      state,
      personId: personId(`${email}@demo.hengji.example`),
      createdAt,
    };
  });

export const demonstrationMemberFirms = (createdAt: number): (typeof centreMember.$inferInsert)[] => [
  {
    centreId: centreId('gusu-precision'),
    organisationId: organisationId('demo-chensi-electronics'),
    personId: personId('gusu@demo.hengji.example'),
    createdAt,
  },
];
