/** A small market: one centre with pools and a service, some buyers. What a test of bookings stands on; used by plain scripts too. */
import type { Actor } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { billFor } from '#app/modules/catalogue/bill.ts';
import { choiceOf } from '#app/modules/catalogue/price-rules.ts';
import type { BookingForm } from '#app/modules/orders/booking-form.ts';
import { fingerprint } from '#app/modules/orders/price.ts';
import type { Database } from '#db/open.server.ts';
import { service, servicePool } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { membership, type OrganisationKind, organisation, person, type Role } from '#db/schema/identity.ts';
import { pool, resource, type WeeklyHours } from '#db/schema/scheduling.ts';

export type Service = typeof service.$inferSelect;
export type Market = {
  centreId: string;
  service: Service;
  poolIds: string[];
  resourceIds: string[][];
  manager: Actor;
  technician: Actor;
  buyers: Actor[];
};

const OFFICE: WeeklyHours[number] = [
  [540, 720],
  [780, 1020],
];
/** Weekdays 9–12 and 13–17. */
export const OFFICE_HOURS: WeeklyHours = [OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, [], []];

export type MarketOptions = {
  /** Resources per pool: one number per pool. */
  pools?: number[];
  buyers?: number;
  weeklyHours?: WeeklyHours;
  service?: Partial<Service>;
  now?: number;
};

export async function seedMarket(db: Database, options: MarketOptions = {}): Promise<Market> {
  const { pools = [1], buyers = 2, weeklyHours = OFFICE_HOURS, now = Date.UTC(2026, 10, 1) } = options;
  return db.write(async (tx) => {
    const join = async (kind: OrganisationKind, organisationId: string, role: Role, locale: 'zh-CN' | 'en' = 'zh-CN'): Promise<Actor> => {
      const personId = newId();
      await tx
        .insert(person)
        .values({ id: personId, email: `${personId}@example.test`, name: '测试', passwordHash: '', locale, createdAt: now });
      await tx.insert(membership).values({ id: newId(), personId, organisationId, role, createdAt: now });
      return { personId, organisationId, organisationKind: kind, role };
    };
    const found = async (kind: OrganisationKind): Promise<string> => {
      const id = newId();
      await tx
        .insert(organisation)
        .values({ id, kind, slug: id, nameZh: `机构${id.slice(-4)}`, nameEn: `Organisation ${id.slice(-4)}`, createdAt: now });
      return id;
    };
    const centreOrganisation = await found('centre');
    const manager = await join('centre', centreOrganisation, 'manager');
    const technician = await join('centre', centreOrganisation, 'technician', 'en');
    const centreId = newId();
    await tx.insert(centre).values({
      id: centreId,
      slug: centreId,
      organisationId: centreOrganisation,
      nameZh: '示范中心',
      nameEn: 'Demo Centre',
      cityZh: '苏州',
      cityEn: 'Suzhou',
      addressZh: '科技路 1 号',
      addressEn: '1 Keji Road',
      verifiedAt: now,
      createdAt: now,
    });
    const poolIds: string[] = [];
    const resourceIds: string[][] = [];
    for (const [position, count] of pools.entries()) {
      const poolId = newId();
      await tx
        .insert(pool)
        .values({ id: poolId, centreId, kind: 'bench', field: 'length', nameZh: '量块台', nameEn: 'Gauge bench', weeklyHours, position });
      const ids = Array.from({ length: count }, () => newId());
      for (const [i, id] of ids.entries())
        await tx.insert(resource).values({ id, poolId, nameZh: `台 ${i + 1}`, nameEn: `Bench ${i + 1}`, position: i });
      poolIds.push(poolId);
      resourceIds.push(ids);
    }
    const [made] = await tx
      .insert(service)
      .values({
        id: newId(),
        slug: newId(),
        centreId,
        family: 'calibration',
        field: 'length',
        nameZh: '量块校准',
        nameEn: 'Gauge block calibration',
        summaryZh: '',
        summaryEn: '',
        status: 'published',
        booking: 'instant',
        unitNet: 45_000,
        setupNet: 20_000,
        travelNet: 30_000,
        courierNet: 4_500,
        expediteBasisPoints: 3_000,
        leadDays: 1,
        turnaroundDays: 5,
        setupMinutes: 30,
        minutesPerItem: 30,
        maxQuantity: 12,
        deliveryModes: ['at_centre', 'courier'],
        cancelPolicy: { fullHours: 48, lateBasisPoints: 5_000 },
        createdAt: now,
        updatedAt: now,
        ...options.service,
      })
      .returning();
    if (!made) throw new Error('no service');
    for (const [position, poolId] of poolIds.entries()) await tx.insert(servicePool).values({ serviceId: made.id, poolId, position });
    const buyerActors: Actor[] = [];
    for (let i = 0; i < buyers; i++) buyerActors.push(await join('sme', await found('sme'), 'owner', i % 2 ? 'en' : 'zh-CN'));
    return { centreId, service: made, poolIds, resourceIds, manager, technician, buyers: buyerActors };
  });
}

/** A form as the page would send it, with the price the page would have shown. */
export function formFor(service: Service, startAt: number, changes: Partial<BookingForm> = {}): BookingForm {
  const input = { quantity: 1, deliveryMode: service.deliveryModes[0] ?? ('at_centre' as const), expedited: false, ...changes };
  const shownPrice = fingerprint(billFor(service, input), service.cancelPolicy, choiceOf(service, input).zone?.minutes);
  return { serviceId: service.id, startAt, submissionKey: newId(), shownPrice, ...input };
}

/** An instant on the centre's clock: `shanghai('2026-11-24T09:00')`. */
export const shanghai = (text: string): number => Date.parse(`${text}+08:00`);
