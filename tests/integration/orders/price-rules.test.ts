import { eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { billFor, leastBill } from '#app/modules/catalogue/bill.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import type { BookingForm } from '#app/modules/orders/booking-form.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { fingerprint } from '#app/modules/orders/price.ts';
import { quoteBooking } from '#app/modules/orders/quote-booking.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre, centreMember, park, parkFirm } from '#db/schema/centres.ts';
import { orders } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-24T09:00');
/** With an hour's way out and back the job needs the afternoon. */
const ONE = shanghai('2026-11-24T13:00');
const ADDRESS = { recipient: '王', phone: '138', line: '路 1' };
const ZONES = [
  { nameZh: '苏州', nameEn: 'Suzhou', net: 30_000, minutes: 60 },
  { nameZh: '昆山', nameEn: 'Kunshan', net: 50_000, minutes: 90 },
];
const RULES = {
  perPointNet: 500,
  includedPoints: 5,
  rangePrices: [
    { upTo: 25, unit: 'mm', unitNet: 8_000 },
    { upTo: 150, unit: 'mm', unitNet: 12_000 },
  ],
  travelZones: ZONES,
  bufferMinutes: 30,
  memberBasisPoints: 500,
  parkBasisPoints: 1_000,
  deliveryModes: ['on_site' as const, 'at_centre' as const],
};
/** Thirty minutes and thirty a piece; an hour out, an hour back, half an hour kept free behind. */
const INPUT = { deliveryMode: 'on_site' as const, address: ADDRESS, points: 7, range: '150 mm', zone: '苏州' };

async function market(rules: Partial<typeof RULES> = RULES) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, { service: rules });
  const [buyer, other] = m.buyers;
  if (!buyer || !other) throw new Error('two buyers');
  const form = (changes: Partial<BookingForm> = {}) => formFor(m.service, ONE, { ...INPUT, ...changes });
  const claimed = (orderId: string) => deps.db.read((q) => q.$count(claim, eq(claim.holderId, orderId)));
  return { deps, m, buyer, other, form, claimed };
}
type Made = Awaited<ReturnType<typeof market>>;

/** The centre stands in a park; the buyer says that it does too. */
async function inPark({ deps, m, buyer }: Made, state: 'asked' | 'confirmed') {
  await deps.db.write(async (tx) => {
    const names = { nameZh: '园区', nameEn: 'Park', cityZh: '苏州', cityEn: 'Suzhou' };
    await tx.insert(park).values({ id: 'park-one', slug: 'park-one', ...names });
    await tx.update(centre).set({ parkId: 'park-one' }).where(eq(centre.id, m.centreId));
    const { organisationId, personId } = buyer;
    await tx.insert(parkFirm).values({ parkId: 'park-one', organisationId, personId, state, createdAt: 0 });
  });
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string } }) => [error.code, error.facts?.field].filter(Boolean).join(' '),
  );

describe('one total', () => {
  it('is said by search, the service and the page that books it, whatever the centre lists first', async () => {
    const plain = { perPointNet: 0, includedPoints: 0, rangePrices: [], travelZones: [] };
    const dearFirst = { rangePrices: [...RULES.rangePrices].reverse(), travelZones: [...ZONES].reverse() };
    for (const rules of [RULES, { ...RULES, ...plain }, { ...RULES, ...dearFirst, deliveryModes: ['on_site' as const] }]) {
      const { deps, m } = await market(rules);
      for (const quantity of [1, 4]) {
        const asked = await quoteBooking(deps, { slug: m.service.slug, quantity });
        const { from, ...bill } = leastBill(m.service, quantity);
        expect(asked.bill).toEqual(bill);
        expect(from).toBe(rules.deliveryModes.length > 1 || rules.perPointNet > 0);
        const card = (await loadCatalogue(deps).current()).services.get(m.service.id);
        expect(card && leastBill(card, quantity)).toEqual({ ...bill, from });
      }
    }
  });
});

describe('price rules', () => {
  it('make the bill, claim the ways and the buffer, and say when work begins and ends', async () => {
    const { deps, buyer, form, claimed } = await market();
    const placed = await holdSlot(deps, buyer, form());
    const order = await viewOrder(deps, buyer, placed.number);
    expect(order.bill.lines.map(({ key, net, label }) => [key, net, label?.en])).toEqual([
      ['unit', 12_000, '≤ 150 mm'],
      ['points', 1_000, undefined],
      ['setup', 20_000, undefined],
      ['travel', 30_000, 'Suzhou'],
    ]);
    expect(order.service).toMatchObject({ minutes: 210, travelMinutes: 60, bufferMinutes: 30, points: 7 });
    expect(await claimed(placed.id)).toBe(7);
    // Claimed up to half past four; the last half hour is only kept free.
    expect(order.endAt).toBe(shanghai('2026-11-24T16:00'));
  });

  it('are refused when they are left out, forged or out of bounds', async () => {
    const { deps, m, buyer, form } = await market();
    const refused = (changes: Partial<BookingForm>) => refusal(holdSlot(deps, buyer, form(changes)));
    expect(await refused({ points: undefined })).toBe('invalid_form points');
    for (const points of [0, -3, 1.5, 201, 1e300]) expect(await refused({ points })).toBe('invalid_form points');
    expect(await refused({ points: Number.NaN })).toBe('invalid_form points');
    for (const range of [undefined, '', '26 mm', '__proto__', 'constructor']) expect(await refused({ range })).toBe('invalid_form range');
    for (const zone of [undefined, 'Suzhou', '北京']) expect(await refused({ zone })).toBe('invalid_form zone');
    expect(await refused({ range: '25\u0000mm' })).toContain('invalid_form range');
    // Nobody's standing is believed: the price of a member is not the price of a stranger.
    const asMember = billFor(m.service, { ...INPUT, quantity: 1, expedited: false, eligibility: { member: true, park: true } });
    const shownPrice = fingerprint(asMember, m.service.cancelPolicy, 60);
    expect(await refusal(holdSlot(deps, buyer, { ...form(), shownPrice }))).toBe('price_changed');
    // A zone means nothing at the centre.
    expect(await refused({ deliveryMode: 'at_centre', zone: '北京', address: null })).toBe('none');
  });

  it('show a price that holds, to members and firms of the park too', async () => {
    const made = await market();
    const { deps, m, buyer, other, form } = made;
    await inPark(made, 'asked');
    await deps.db.write(async (tx) => {
      const { organisationId, personId } = buyer;
      await tx.insert(centreMember).values({ centreId: m.centreId, organisationId, personId, createdAt: 0 });
    });
    const { deliveryMode, points, range, zone } = INPUT;
    const quote = (buyerId?: string) =>
      quoteBooking(deps, { slug: m.service.slug, quantity: 1, deliveryMode, points, range, zone, buyerId });
    expect((await quote()).bill.net).toBe(63_000);
    expect((await quote(other.organisationId)).bill.net).toBe(63_000);
    expect((await quote(buyer.organisationId)).bill.lines.at(-1)).toMatchObject({ key: 'member', net: -3_150 });
    await deps.db.write((tx) => tx.update(parkFirm).set({ state: 'confirmed' }));
    const shown = await quote(buyer.organisationId);
    expect(shown.bill.lines.at(-1)).toMatchObject({ key: 'park', net: -6_300 });
    expect(await refusal(holdSlot(deps, other, { ...form(), shownPrice: shown.shownPrice }))).toBe('price_changed');
    const { number } = await holdSlot(deps, buyer, { ...form(), shownPrice: shown.shownPrice });
    expect((await viewOrder(deps, buyer, number)).bill).toMatchObject({ net: 56_700, vat: 3_402, gross: 60_102 });
  });

  it('that change while the page is open are said before anybody pays', async () => {
    const { deps, m, buyer, form } = await market();
    const change = (travelZones: typeof ZONES) =>
      deps.db.write((tx) =>
        tx
          .update(service)
          .set({ travelZones, version: sql`${service.version} + 1` })
          .where(eq(service.id, m.service.id)),
      );
    await change([{ ...ZONES[0]!, net: 31_000 }]);
    expect(await refusal(holdSlot(deps, buyer, form()))).toBe('price_changed');
    await change([{ ...ZONES[0]!, minutes: 61 }]);
    expect(await refusal(holdSlot(deps, buyer, form()))).toBe('price_changed');
    await change([ZONES[1]!]);
    expect(await refusal(holdSlot(deps, buyer, form()))).toBe('invalid_form zone');
  });

  it('show only starts that can be claimed for that zone, and lists reckon with the nearest', async () => {
    const { deps, m, buyer, form } = await market({ ...RULES, bufferMinutes: 60 });
    const asked = { slug: m.service.slug, quantity: 1, points: 7, range: '150 mm', firstDay: '2026-11-24', days: 1 };
    const starts = async (input: { deliveryMode: 'on_site' | 'at_centre'; zone?: string }) =>
      (await quoteBooking(deps, { ...asked, ...input })).week.days.flatMap((day) => day.starts);
    // Four hours with the way: from one o'clock in one stretch, else over the break; home by the evening. Two hours at the centre.
    const onSite = await starts({ deliveryMode: 'on_site', zone: '苏州' });
    expect(onSite.map(({ minute }) => minute)).toEqual([540, 570, 600, 630, 780]);
    expect(onSite.find(({ at }) => at === shanghai('2026-11-24T13:00'))?.until).toBe(shanghai('2026-11-24T16:00'));
    expect((await starts({ deliveryMode: 'at_centre' })).length).toBeGreaterThan(5);
    const first = async () => (await earliestStarts(deps, [m.service], { from: NINE })).get(m.service.id);
    expect(await first()).toBe(NINE);
    await holdSlot(deps, buyer, form());
    expect(await starts({ deliveryMode: 'on_site', zone: '苏州' })).toEqual([]);
    expect(await first()).toBe(shanghai('2026-11-25T09:00'));
  });

  it('never cut the way out by a break or a night: who sets out arrives', async () => {
    // Five and a half hours with the ways run on over breaks whenever they begin.
    const { deps, m, buyer, form } = await market({ ...RULES, bufferMinutes: 0 });
    const input = { deliveryMode: 'on_site' as const, zone: '昆山', points: 7, range: '150 mm', quantity: 4 };
    const quote = await quoteBooking(deps, { slug: m.service.slug, ...input, firstDay: '2026-11-24', days: 1 });
    const minutes = quote.week.days.flatMap((day) => day.starts).map(({ minute }) => minute);
    // An hour and a half to go: by half past ten; begun in the afternoon it would not be home by the evening.
    expect(minutes).toEqual([540, 570, 600, 630]);
    expect(await refusal(holdSlot(deps, buyer, form({ ...input, startAt: shanghai('2026-11-24T13:30') })))).toBe('slot_closed');
    expect(await refusal(holdSlot(deps, buyer, form({ ...input, startAt: shanghai('2026-11-24T11:00') })))).toBe('slot_closed');
    expect(await refusal(holdSlot(deps, buyer, form({ ...input, startAt: shanghai('2026-11-24T10:30') })))).toBe('none');
  });

  it('are claimed again as they were sold, when a booking is moved and when money comes late', async () => {
    const { deps, m, buyer, form, claimed } = await market();
    const placed = await holdSlot(deps, buyer, form({ deliveryMode: 'at_centre', zone: undefined, address: null, startAt: NINE }));
    const { version, endAt } = await viewOrder(deps, buyer, placed.number);
    expect(endAt).toBe(shanghai('2026-11-24T10:00'));
    await deps.db.write((tx) => recordPaid(tx, deps, { orderId: placed.id, now: NINE - 86_400_000 }));
    const paid = await viewOrder(deps, buyer, placed.number);
    expect(paid.version).toBeGreaterThan(version);
    await moveBooking(deps, m.manager, { number: placed.number, startAt: shanghai('2026-11-25T14:00'), version: paid.version });
    expect((await viewOrder(deps, buyer, placed.number)).endAt).toBe(shanghai('2026-11-25T15:00'));
    expect(await claimed(placed.id)).toBe(3);
    await deps.db.write(async (tx) => {
      await tx.delete(claim).where(eq(claim.holderId, placed.id));
      await tx.update(orders).set({ progress: 'expired', payment: 'unpaid' }).where(eq(orders.id, placed.id));
      expect(await recordPaid(tx, deps, { orderId: placed.id, now: NINE - 86_400_000 })).toBe('late_booked');
    });
    expect((await viewOrder(deps, buyer, placed.number)).endAt).toBe(shanghai('2026-11-25T15:00'));
    expect(await claimed(placed.id)).toBe(3);
  });
});
