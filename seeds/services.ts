import { fieldKey } from '#app/modules/capability/fields.ts';
import type { CancelPolicy, DeliveryMode, Family, service, serviceCapability, servicePool } from '#db/schema/catalogue.ts';
import { instrumentsOf, offeredRows } from './capabilities.ts';
import { centreId } from './centres.ts';
import rows from './data/services.json' with { type: 'json' };
import { seedId } from './ids.ts';
import { poolId } from './pools.ts';

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
};
const EXPEDITED: readonly Family[] = ['calibration', 'verification', 'testing'];
const EXPEDITE_BASIS_POINTS = 3000;
const TRAVEL_NET = 30_000;
const COURIER_NET = 3_500;
/** Services sold at the moment; the one paused shows how that looks. */
const PAUSED = 'dew-point-longcheng-thermal';

const wholeYuan = (net: number) => Math.round(net / 100) * 100;

export const demonstrationServices = (createdAt: number): (typeof service.$inferInsert)[] =>
  SERVICES.flatMap(({ key, offers, capabilities, field, unitNet, ...row }) =>
    offers.map(({ centre, priceFactor }) => {
      const slug = serviceSlug(key, centre);
      return {
        ...row,
        id: serviceId(slug),
        slug,
        centreId: centreId(centre),
        field: fieldKey(field),
        status: slug === PAUSED ? ('paused' as const) : ('published' as const),
        unitNet: priceFactor === 1 ? unitNet : wholeYuan(unitNet * priceFactor),
        travelNet: row.deliveryModes.includes('on_site') ? TRAVEL_NET : 0,
        courierNet: row.deliveryModes.includes('courier') ? COURIER_NET : 0,
        expediteBasisPoints: EXPEDITED.includes(row.family) ? EXPEDITE_BASIS_POINTS : null,
        vatBasisPoints: 600,
        horizonDays: 60,
        cancelPolicy: CANCEL[row.family],
        decisionHours: 48,
        version: 1,
        createdAt,
        updatedAt: createdAt,
      };
    }),
  );

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
