import { DEFAULT_ZONE, dayOf, weekdayOf } from '#app/modules/scheduling/local-day.ts';
import { PUBLIC_HOLIDAYS } from '#app/modules/scheduling/public-holidays.ts';
import type { DeliveryMode, service } from '#db/schema/catalogue.ts';
import centres from './data/demonstration-centres.json' with { type: 'json' };
import smes from './data/demonstration-smes.json' with { type: 'json' };
import { awake, type SeedDay } from './day.ts';
import { randomFrom } from './ids.ts';
import { organisationId, personId } from './people.ts';
import { isRoundTheClock } from './pools.ts';
import { SERVICES, type ServiceSeed, serviceSlug } from './services.ts';
import type { Slot, SlotBook } from './slot-book.ts';

type ServiceRow = typeof service.$inferInsert;
export type Sold = ServiceSeed & { row: ServiceRow; centre: (typeof centres)[number]; poolIds: string[]; roundTheClock: boolean };
type Buyer = (typeof smes)[number];

/** What becomes of an order if time goes on: the day it is seeded cuts the story short. */
type Fate = 'done' | 'cancelled' | 'cancelled_by_centre' | 'expired' | 'declined' | 'waiting';
export type Booking = {
  key: string;
  sold: Sold;
  buyer: Buyer;
  buyerId: string;
  personId: string;
  personName: string;
  quantity: number;
  minutes: number;
  deliveryMode: DeliveryMode;
  expedited: boolean;
  slot: Slot;
  createdAt: number;
  fate: Fate;
};

/** The history begins this many days before the seeded day, softly: half a year for the heat map, four months in full swing. */
export const HISTORY_DAYS = 182;
const FULL_SWING_DAYS = 125;
export const AHEAD_DAYS = 50;

/** How busy a field is beside the others: dimensional work leads everywhere. */
const BUSY: Record<string, number> = {
  几何量: 1.5,
  力学: 1.6,
  压力: 1.4,
  热学: 1.3,
  电磁: 1.2,
  质量: 1.4,
  流量: 1.3,
  无线电: 1.5,
  化学: 1.2,
  通用: 1,
  振动: 1.1,
  声学: 0.8,
  光学: 0.7,
  时间频率: 0.5,
  电离辐射: 0.2,
};
const WANTED: Record<string, number> = {
  calibration: 1,
  verification: 1.1,
  testing: 1.3,
  consulting: 1,
  evaluation: 1,
  rd_support: 0.8,
  shared_equipment: 1.8,
  training: 4,
  expert: 1,
};

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MOST_SERVICES_TRIED = 4;

/** Orders that begin on a day, on average. */
function rate(day: number, offset: number): number {
  const special = PUBLIC_HOLIDAYS.specialDay(day)?.kind;
  const weekday = weekdayOf(day);
  if (special === 'holiday') return 0.4;
  if (special !== 'make_up' && weekday >= 6) return weekday === 6 ? 1.6 : 0.6;
  // Fewer bookings beside a long holiday; more in the middle of the week; growing since the platform opened.
  const nearHoliday = [-3, -2, -1, 1, 2].some((d) => PUBLIC_HOLIDAYS.specialDay(day + d)?.kind === 'holiday') ? 0.6 : 1;
  const growth =
    offset < -FULL_SWING_DAYS
      ? 0.15 + 0.45 * (1 - (-offset - FULL_SWING_DAYS) / (HISTORY_DAYS - FULL_SWING_DAYS))
      : 0.85 + 0.25 * (1 + offset / FULL_SWING_DAYS);
  const ahead = offset <= 0 ? 1 : offset <= 7 ? 0.75 : offset <= 14 ? 0.5 : offset <= 28 ? 0.18 : 0.07;
  return 13 * ([1, 1.1, 1.1, 1.05, 0.85][weekday - 1] ?? 0.9) * nearHoliday * growth * ahead;
}

function weighted<T>(items: readonly T[], weight: (item: T) => number, random: () => number): T {
  const total = items.reduce((sum, item) => sum + weight(item), 0);
  let left = random() * total;
  for (const item of items) {
    left -= weight(item);
    if (left < 0) return item;
  }
  return items.at(-1) as T;
}

export function soldServices(rows: readonly ServiceRow[], poolIdsOf: (serviceId: string) => string[]): Sold[] {
  const bySlug = new Map(rows.map((row) => [row.slug, row]));
  // What is taken from a shelf has no past here: the shelf says what is left.
  return SERVICES.filter(({ family }) => family !== 'reference_material').flatMap((seed) =>
    seed.offers.flatMap((offer) => {
      const row = bySlug.get(serviceSlug(seed.key, offer.centre));
      const centre = centres.find(({ slug }) => slug === offer.centre);
      const roundTheClock = offer.pools.some((key) => isRoundTheClock(offer.centre, key));
      return row?.status === 'published' && centre ? [{ ...seed, row, centre, poolIds: poolIdsOf(row.id), roundTheClock }] : [];
    }),
  );
}

/** Pieces (hours, days) of a booking: half a day to three days of work, longer on machines that run through the night. */
function quantityOf({ unit, setupMinutes, minutesPerItem, maxQuantity, family, roundTheClock }: Sold, random: () => number): number {
  if (unit === 'seat' || unit === 'project') return 1;
  if (unit === 'day') return 1 + Math.floor(random() * Math.min(4, maxQuantity));
  const draw = random();
  const working = draw < 0.22 ? 3 + random() * 4 : draw < 0.62 ? 7 + random() * 9 : 16 + random() * 14;
  const hours = family === 'expert' ? 1 + random() * 3 : roundTheClock ? 12 + random() * 48 : working;
  const pieces = Math.round((hours * 60 - setupMinutes) / minutesPerItem);
  return Math.min(maxQuantity, Math.max(1, pieces));
}

function fateOf({ booking }: Sold, random: () => number): Fate {
  const draw = random();
  if (draw < 0.04) return 'cancelled';
  if (draw < 0.05) return 'cancelled_by_centre';
  if (booking === 'approve') return draw < 0.11 ? 'declined' : 'done';
  return draw < 0.08 ? 'expired' : 'done';
}

/** Everything that was and is booked, oldest slot first. Slots of what was not cancelled, expired or declined are taken in `book`. */
export function demand(sold: readonly Sold[], book: SlotBook, from: SeedDay, now: number): Booking[] {
  const bookings: Booking[] = [];
  const random = randomFrom(`demand ${from.day}`);
  for (let offset = -HISTORY_DAYS; offset <= AHEAD_DAYS; offset++) {
    const day = from.day + offset;
    const count = Math.floor(rate(day, offset) + random());
    for (let i = 0; i < count; i++) {
      const made = tryBooking(sold, book, { from, day, now, key: `${offset} ${i}` });
      if (made) bookings.push(made);
    }
  }
  return [...bookings, ...waiting(sold, book, from, now)];
}

type Moment = { from: SeedDay; day: number; now: number; key: string };

function tryBooking(sold: readonly Sold[], book: SlotBook, { from, day, now, key }: Moment): Booking | undefined {
  const random = randomFrom(`booking ${from.day} ${key}`);
  for (let tries = 0; tries < MOST_SERVICES_TRIED; tries++) {
    const chosen = weighted(sold, (s) => (BUSY[s.field] ?? 1) * (WANTED[s.family] ?? 1) * (s.roundTheClock ? 2.5 : 1), random);
    const quantity = quantityOf(chosen, random);
    const minutes = chosen.setupMinutes + chosen.minutesPerItem * quantity;
    const slot = book.find(chosen.poolIds, minutes, day, 0, random);
    if (!slot) continue;
    const lead = chosen.leadDays + (chosen.booking === 'approve' ? 3 : 0) + random() ** 2 * 14;
    // Made on a day before, between nine and six, and always before now.
    const madeDay = dayOf(DEFAULT_ZONE, slot.startAt - (lead + 1) * DAY_MS) - from.day;
    const createdAt = Math.min(
      from.at(madeDay, 540) + Math.floor(random() * 9 * HOUR_MS),
      awake(now - Math.floor((1 + random() * 60) * HOUR_MS)),
    );
    const fate = slot.startAt > now && random() < 0.5 ? 'done' : fateOf(chosen, random);
    if (fate === 'done') book.take(slot);
    return { key, ...terms(chosen, random), sold: chosen, quantity, minutes, slot, createdAt, fate };
  }
  return undefined;
}

/** Requests that wait for their centre's answer, made in the last hours. */
function waiting(sold: readonly Sold[], book: SlotBook, from: SeedDay, now: number): Booking[] {
  const toApprove = Map.groupBy(
    sold.filter((s) => s.booking === 'approve'),
    (s) => s.centre.slug,
  );
  return [...toApprove.entries()].flatMap(([slug, offers]) => {
    const random = randomFrom(`waiting ${from.day} ${slug}`);
    const chosen = weighted(offers, () => 1, random);
    const quantity = quantityOf(chosen, random);
    const minutes = chosen.setupMinutes + chosen.minutesPerItem * quantity;
    const day = from.day + from.weekday(chosen.leadDays + 4 + Math.floor(random() * 8));
    const slot = book.find(chosen.poolIds, minutes, day, 0, random);
    if (!slot) return [];
    book.take(slot);
    const createdAt = awake(now - Math.floor((0.5 + random() * 26) * HOUR_MS));
    return [
      { key: `waiting ${slug}`, ...terms(chosen, random), sold: chosen, quantity, minutes, slot, createdAt, fate: 'waiting' as const },
    ];
  });
}

/** Who books, and how the pieces travel. */
function terms(sold: Sold, random: () => number) {
  const near = (sme: Buyer) => (sme.city === sold.centre.cityZh ? 2 : 1) * (sme.fields.includes(sold.field) ? 5 : 1);
  const buyer = weighted(smes, near, random);
  const byMember = buyer.member !== '' && random() < 0.4;
  return {
    buyer,
    buyerId: organisationId(buyer.slug),
    personId: personId(`${byMember ? `${buyer.email}.member` : buyer.email}@demo.hengji.example`),
    personName: byMember ? buyer.member : buyer.owner,
    deliveryMode: sold.deliveryModes[Math.floor(random() ** 1.3 * sold.deliveryModes.length)] as DeliveryMode,
    expedited: sold.row.expediteBasisPoints !== null && random() < 0.06,
  };
}
