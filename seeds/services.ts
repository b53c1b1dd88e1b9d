import { fieldKey } from '#app/modules/capability/rules/fields.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import { confirmationOf, otherInstruments } from '#app/modules/catalogue/listing/other-instruments.ts';
import type { CancelPolicy, DeliveryMode, service, serviceCapability, servicePool } from '#db/schema/catalogue.ts';
import type { Family } from '#db/schema/centres.ts';
import { instrumentsOf, offeredRows } from './capabilities.ts';
import { centreId } from './centres.ts';
import rows from './data/services.json' with { type: 'json' };
import { seedId } from './ids.ts';
import { familyExtras } from './listing-extras.ts';
import { poolId } from './pools.ts';
import { priceRulesOf } from './price-rules.ts';

export type ServiceSeed = {
  key: string;
  family: Family;
  field: string;
  nameZh: string;
  nameEn: string;
  instrumentZh: string;
  instrumentEn: string;
  specification: string;
  unit: 'piece' | 'hour' | 'day' | 'seat' | 'project';
  unitNet: number;
  setupNet: number;
  leadDays: number;
  turnaroundDays: number;
  setupMinutes: number;
  minutesPerItem: number;
  maxQuantity: number;
  deliveryModes: DeliveryMode[];
  booking: 'instant' | 'approve';
  summaryZh: string;
  summaryEn: string;
  capabilities?: string[];
  offers: { centre: string; pools: string[]; priceFactor: number }[];
};

export const SERVICES = rows as ServiceSeed[];

export const serviceSlug = (key: string, centre: string) => `${key}-${centre}`;
export const serviceId = (slug: string) => seedId('service', slug);

const FULL_UNTIL_48: CancelPolicy = { fullHours: 48, lateBasisPoints: 5000 };
const CANCEL: Record<Family, CancelPolicy> = {
  calibration: FULL_UNTIL_48,
  verification: FULL_UNTIL_48,
  testing: { fullHours: 72, lateBasisPoints: 3000 },
  consulting: { fullHours: 24, lateBasisPoints: 5000 },
  evaluation: { fullHours: 120, lateBasisPoints: 3000 },
  rd_support: { fullHours: 72, lateBasisPoints: 5000 },
  shared_equipment: { fullHours: 24, lateBasisPoints: 5000 },
  training: { fullHours: 168, lateBasisPoints: 0 },
  expert: { fullHours: 24, lateBasisPoints: 5000 },
  reference_material: { fullHours: 24, lateBasisPoints: 0 },
};
/** What has to be known before ordering, by family. */
const SEND: [string, string] = [
  '请清洁后送检，附上附件与上次证书；随附专用软件或电池的请一并寄来。器具状态异常时先与您联系，不擅自调整。',
  'Send it clean, with its accessories and last certificate, and any software or batteries it needs. If it arrives damaged we ask you before adjusting anything.',
];
const BRIEF: [string, string] = [
  '请在预约前三天发来问题说明、图纸或现有数据；全部资料按保密协议保存。',
  'Send a description of the question, drawings or existing data three days ahead. Everything is kept under a confidentiality agreement.',
];
const REQUIREMENTS: Record<Family, [string, string]> = {
  reference_material: [
    '随附标准物质证书与有效期；按证书所示条件运输与保存，开封后请尽快使用。',
    'Comes with its certificate and expiry date. Shipped and to be kept as the certificate says; use soon after opening.',
  ],
  calibration: SEND,
  verification: SEND,
  consulting: BRIEF,
  rd_support: BRIEF,
  expert: BRIEF,
  testing: [
    '每种样品至少 3 件，注明批号；易碎、易燃或有毒的样品请先联系。样品保留 30 天，到期按约定退回或处置。',
    'At least three of each sample, with its batch number. Ask first about fragile, flammable or toxic ones. Samples are kept for 30 days, then returned or disposed of as agreed.',
  ],
  shared_equipment: [
    '默认由本中心人员操作；参加过本中心上机培训的人员可以自行操作。',
    'Operated by our staff unless you have taken our operator training; then you may operate it yourself.',
  ],
  training: [
    '需要一年以上计量工作经验；内容为一天讲授、半天实操，结束时考核并发结业证明。',
    'For people with a year or more in metrology. One day of lectures, half a day of practice, an examination and a certificate of attendance.',
  ],
  evaluation: [
    '请提供样机 2 台和技术文件；按评分项目逐项打分，出具评价报告。',
    'Bring two prototypes and the technical documents. Each item of the scorecard is scored and explained in the report.',
  ],
};
const EXPEDITED: readonly Family[] = ['calibration', 'verification', 'testing'];
const EXPEDITE_BASIS_POINTS = 3000;
const TRAVEL_NET = 30_000;
const COURIER_NET = 3_500;
/** Services sold at the moment; the one paused shows how that looks. */
const PAUSED = 'dew-point-longcheng-thermal';
/** A technician comes to the buyer: moving that is agreed first. */
const ASKS = 'cmm-on-site-taihu-geometry';

const wholeYuan = (net: number) => Math.round(net / 100) * 100;

export const demonstrationServices = (createdAt: number): (typeof service.$inferInsert)[] =>
  SERVICES.flatMap(({ key, offers, capabilities, field, unitNet, ...row }) =>
    offers.map(({ centre, priceFactor }) => {
      const slug = serviceSlug(key, centre);
      const net = priceFactor === 1 ? unitNet : wholeYuan(unitNet * priceFactor);
      return {
        ...row,
        id: serviceId(slug),
        slug,
        centreId: centreId(centre),
        field: fieldKey(field),
        requirementsZh: REQUIREMENTS[row.family][0],
        requirementsEn: REQUIREMENTS[row.family][1],
        status: slug === PAUSED ? ('paused' as const) : ('published' as const),
        unitNet: net,
        ...priceRulesOf(slug, net),
        ...familyExtras(slug, row.family),
        travelNet: row.deliveryModes.includes('on_site') ? TRAVEL_NET : 0,
        courierNet: row.deliveryModes.includes('courier') ? COURIER_NET : 0,
        expediteBasisPoints: EXPEDITED.includes(row.family) ? EXPEDITE_BASIS_POINTS : null,
        volumeTiers: [],
        vatBasisPoints: 600,
        horizonDays: 60,
        cancelPolicy: CANCEL[row.family],
        answerHours: 16,
        confirmed: confirmedFor({ ...row, capabilities }, offeredBy(centre)),
        moves: slug === ASKS ? ('ask' as const) : ('tell' as const),
        version: 1,
        createdAt,
        updatedAt: createdAt,
      };
    }),
  );

type Group = { instrumentZh: string; instrumentEn: string; method: string };

const groupsByCentre = new Map<string, Group[]>();
/** What a centre's scope states, as one chooses from it. */
function offeredBy(centre: string): Group[] {
  if (groupsByCentre.size === 0)
    for (const { centre: of, row } of offeredRows())
      groupsByCentre.set(of, [
        ...(groupsByCentre.get(of) ?? []),
        { instrumentZh: row.instrument_zh, instrumentEn: row.instrument_en, method: row.method },
      ]);
  return groupsByCentre.get(centre) ?? [];
}

/** Sold on rows of instruments they do not name, services of the demonstration have that confirmed, as any has to. */
function confirmedFor(
  row: Parameters<typeof instrumentsOf>[0] & Pick<ServiceSeed, 'family' | 'nameZh' | 'nameEn' | 'instrumentEn'>,
  scope: Group[],
): string {
  const sold = instrumentsOf(row);
  const service = { ...row, scope: scope.filter((one) => sold.includes(one.instrumentZh)).map(groupKey) };
  return confirmationOf(service, otherInstruments(service, scope));
}

export const demonstrationServicePools = (): (typeof servicePool.$inferInsert)[] =>
  SERVICES.flatMap(({ key, offers }) =>
    offers.flatMap(({ centre, pools }) =>
      pools.map((pool, position) => ({ serviceId: serviceId(serviceSlug(key, centre)), poolId: poolId(centre, pool), position })),
    ),
  );

/** A service is sold on its centre's rows for the instruments it names. */
export function demonstrationServiceCapabilities(): (typeof serviceCapability.$inferInsert)[] {
  const byPlace = Map.groupBy(offeredRows(), ({ centre, row }) => `${centre} ${row.instrument_zh}`);
  return SERVICES.flatMap((row) =>
    row.offers.flatMap(({ centre }) =>
      instrumentsOf(row).flatMap((instrument) =>
        (byPlace.get(`${centre} ${instrument}`) ?? []).map((offer) => ({
          serviceId: serviceId(serviceSlug(row.key, centre)),
          capabilityId: seedId('capability', offer.row.id),
        })),
      ),
    ),
  );
}
