import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { newId } from '#app/core/ids.server.ts';
import type { BookingForm } from '#app/modules/orders/booking-form.ts';
import { HOLD_MS, holdSlot } from '#app/modules/orders/place-order.server.ts';
import { quoteBooking } from '#app/modules/orders/quote-booking.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { orders } from '#db/schema/orders.ts';
import { claim } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-24T09:00');

async function market(options: MarketOptions = {}) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, options);
  const [buyer, other] = m.buyers;
  if (!buyer || !other) throw new Error('two buyers');
  return { deps, m, buyer, other };
}
const refusal = async (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('holding a slot', () => {
  it('is refused above what the gateway takes in one payment, and keeps nothing', async () => {
    const { deps, m, buyer } = await market({ service: { unitNet: 60_000_000, maxQuantity: 2 } });
    const error = await holdSlot(deps, buyer, formFor(m.service, NINE, { quantity: 2 })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'invalid_form', facts: { field: 'quantity', reason: 'total_too_high' } });
    expect(await deps.db.read((q) => q.select().from(claim))).toEqual([]);
    expect(await holdSlot(deps, buyer, formFor(m.service, NINE, { quantity: 1 }))).toMatchObject({ progress: 'held' });
  });

  it('claims its cells in every pool, keeps what was sold, and tells when it ends', async () => {
    const { deps, m, buyer } = await market({ pools: [2, 1] });
    const items = [{ name: '量块 一等', maker: 'Mitutoyo', model: '516', serial: 'A-1' }, { name: 'Gauge block' }];
    const form = formFor(m.service, NINE, {
      quantity: 2,
      deliveryMode: 'courier',
      address: { recipient: '王', phone: '138', line: '路 1' },
      items,
      expedited: true,
    });
    const placed = await holdSlot(deps, buyer, form);
    expect(placed).toMatchObject({ progress: 'held', holdExpiresAt: deps.time.now + HOLD_MS, again: false });
    expect(placed.number).toMatch(/^HJ-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    const claims = await deps.db.read((q) => q.select().from(claim).where(eq(claim.holderId, placed.id)));
    // 30 min of set-up and 2 × 30 min: three cells in each of two pools.
    expect(claims.map((c) => c.poolId).sort()).toEqual([...Array(3).fill(m.poolIds[0]), ...Array(3).fill(m.poolIds[1])].sort());
    const view = await viewOrder(deps, buyer, placed.number);
    expect(view).toMatchObject({
      startAt: NINE,
      endAt: NINE + 90 * 60_000,
      quantity: 2,
      bill: { net: 147_500, vat: 8_850, gross: 156_350 },
      side: 'buyer',
    });
    expect(view.items.map((item) => item.name)).toEqual(['量块 一等', 'Gauge block']);
    expect(view.service).toMatchObject({ version: 1, minutes: 90, poolIds: m.poolIds });
    expect(view.steps.map((s) => s.state)).toEqual(['now', 'ahead', 'ahead', 'ahead', 'ahead', 'ahead']);
    expect(await deps.db.read((q) => firstBroken(q, `order:${placed.id}`))).toBeUndefined();
  });

  it('sends one form once, however often and from however many tabs it comes', async () => {
    const { deps, m, buyer, other } = await market();
    const form = formFor(m.service, NINE);
    const answers = await Promise.all(Array.from({ length: 6 }, () => holdSlot(deps, buyer, form)));
    expect(new Set(answers.map((a) => a.id)).size).toBe(1);
    expect(answers.filter((a) => !a.again)).toHaveLength(1);
    // Sent again when nothing of it could be sold any more, it is still the same order.
    await deps.db.write((tx) => tx.update(service).set({ status: 'paused' }).where(eq(service.id, m.service.id)));
    expect((await holdSlot(deps, buyer, form)).again).toBe(true);
    await deps.db.write((tx) => tx.update(service).set({ status: 'published' }).where(eq(service.id, m.service.id)));
    // The key is the buyer's own: somebody else's form with the same key finds nothing of it.
    expect(await refusal(holdSlot(deps, other, form))).toBe('slot_taken');
    expect(await deps.db.read((q) => q.$count(orders))).toBe(1);
  });

  it('refuses a price that is not the one of now, says the new one, and takes it when it is sent back', async () => {
    const { deps, m, buyer } = await market();
    const shown = formFor(m.service, NINE);
    await deps.db.write((tx) => tx.update(service).set({ unitNet: 50_000, version: 2 }).where(eq(service.id, m.service.id)));
    const error = await holdSlot(deps, buyer, shown).catch((e) => e);
    expect(error).toMatchObject({ code: 'price_changed', facts: { net: 70_000, gross: 74_200 } });
    expect(await deps.db.read((q) => q.$count(claim))).toBe(0);
    const forged = await refusal(holdSlot(deps, buyer, { ...shown, shownPrice: 'unit-1-1.600.1.48.5000' }));
    expect(forged).toBe('price_changed');
    await holdSlot(deps, buyer, { ...shown, shownPrice: error.facts.price });
    const [order] = await deps.db.read((q) => q.select().from(orders));
    expect(order).toMatchObject({ gross: 74_200, progress: 'held' });
  });

  it('refuses terms that changed, too', async () => {
    const { deps, m, buyer } = await market();
    const shown = formFor(m.service, NINE);
    await deps.db.write((tx) =>
      tx
        .update(service)
        .set({ cancelPolicy: { fullHours: 72, lateBasisPoints: 0 }, version: 2 })
        .where(eq(service.id, m.service.id)),
    );
    expect(await refusal(holdSlot(deps, buyer, shown))).toBe('price_changed');
  });

  it.each([0, -1, 13, 1.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, '3' as unknown as number])(
    'refuses %s pieces',
    async (quantity) => {
      const { deps, m, buyer } = await market();
      const form = { ...formFor(m.service, NINE), quantity };
      expect(await refusal(holdSlot(deps, buyer, form))).toBe('quantity_out_of_range');
      expect(await refusal(quoteBooking(deps, { slug: m.service.slug, quantity }))).toBe('quantity_out_of_range');
    },
  );

  it('refuses what is not sold', async () => {
    const { deps, m, buyer } = await market({ service: { horizonDays: 30 } });
    const at = (text: string, changes: Partial<BookingForm> = {}) =>
      refusal(holdSlot(deps, buyer, formFor(m.service, shanghai(text), changes)));
    expect(await at('2026-11-23T15:00')).toBe('slot_closed'); // lead time: one working day
    expect(await at('2026-12-24T09:00')).toBe('slot_closed'); // behind the horizon
    expect(await at('2026-11-28T09:00')).toBe('slot_closed'); // a Saturday
    expect(await at('2026-11-24T12:00')).toBe('slot_closed'); // lunch
    expect(await at('2026-11-24T11:30')).toBe('slot_closed'); // an hour of work, half an hour before lunch
    expect(await at('2026-11-24T09:10')).toBe('slot_closed'); // between two cells
    expect(await at('2020-01-01T09:00')).toBe('slot_closed');
    expect(await at('2026-11-24T09:00', { deliveryMode: 'on_site', address: { recipient: 'a', phone: '1', line: 'b' } })).toBe(
      'invalid_form',
    );
    expect(await at('2026-11-24T09:00', { deliveryMode: 'courier' })).toBe('invalid_form'); // no address
    expect(await refusal(holdSlot(deps, buyer, { ...formFor(m.service, NINE), startAt: Number.NaN }))).toBe('invalid_form');
    expect(await refusal(holdSlot(deps, buyer, { ...formFor(m.service, NINE), serviceId: newId() }))).toBe('not_found');
    expect(await refusal(holdSlot(deps, m.manager, formFor(m.service, NINE)))).toBe('forbidden');
    expect(await deps.db.read((q) => q.$count(claim))).toBe(0);
  });

  it('never sells mandatory verification as an ordinary booking', async () => {
    const { deps, m, buyer } = await market();
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE, { mandatoryUse: true })))).toBe('mandatory_verification');
  });

  it('follows the service: paused, a draft, or one that has begun to ask for approval', async () => {
    const { deps, m, buyer } = await market();
    const set = (changes: Partial<typeof m.service>) =>
      deps.db.write((tx) => tx.update(service).set(changes).where(eq(service.id, m.service.id)));
    await set({ status: 'paused' });
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE)))).toBe('service_not_bookable');
    await set({ status: 'draft' });
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE)))).toBe('not_found');
    await set({ status: 'published', booking: 'approve', version: 2 });
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE)))).toBe('stale');
  });

  it('keeps every script as it was typed, and refuses what no database keeps', async () => {
    const { deps, m, buyer } = await market();
    const odd = '  🧪👨‍👩‍👧 مقياس שלום \u202Eabc <script>alert(1)</script> \'";-- 量块\r\n​ﷺ ';
    const long = '长'.repeat(4_000);
    const address = { recipient: odd, phone: odd.slice(0, 40), line: odd };
    const form = formFor(m.service, NINE, {
      deliveryMode: 'courier',
      address,
      notes: long,
      purchaseOrder: odd,
      items: [{ name: odd, maker: odd, model: odd, serial: odd }],
    });
    const { number } = await holdSlot(deps, buyer, form);
    const view = await viewOrder(deps, buyer, number);
    expect(view).toMatchObject({ address, notes: long, purchaseOrder: odd, items: [{ name: odd, maker: odd, model: odd, serial: odd }] });
    const later = shanghai('2026-11-24T15:00');
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, later, { notes: `${long}长` })))).toBe('invalid_form');
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, later, { notes: 'a\u0000b' })))).toBe('invalid_form');
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, later, { items: [{ name: '  ' }] })))).toBe('invalid_form');
    const half = await holdSlot(deps, buyer, formFor(m.service, later, { notes: 'half \ud83e pair', items: [{ name: 'a\udc00' }] }));
    expect((await viewOrder(deps, buyer, half.number)).notes).toBe('half \ufffd pair');
  });

  it('takes the resource whose free stretch is shortest, and a second one when the first is taken', async () => {
    const { deps, m, buyer, other } = await market({ pools: [2] });
    await holdSlot(deps, buyer, formFor(m.service, NINE));
    await holdSlot(deps, other, formFor(m.service, NINE));
    expect(await refusal(holdSlot(deps, buyer, formFor(m.service, NINE)))).toBe('slot_taken');
    const rows = await deps.db.read((q) => q.select().from(claim).orderBy(asc(claim.resourceId)));
    expect(new Set(rows.map((row) => row.resourceId)).size).toBe(2);
  });

  it('lets a job that is longer than any day run on over breaks and nights', async () => {
    const { deps, m, buyer } = await market({ service: { minutesPerItem: 120, setupMinutes: 0, maxQuantity: 6 } });
    const { id, number } = await holdSlot(deps, buyer, formFor(m.service, NINE, { quantity: 6 }));
    // Twelve hours: 9–12, 13–17, and the next day 9–12, 13–15.
    expect((await viewOrder(deps, buyer, number)).endAt).toBe(shanghai('2026-11-25T15:00'));
    expect(await deps.db.read((q) => q.$count(claim, eq(claim.holderId, id)))).toBe(24);
  });
});

describe('the quote', () => {
  it('shows price, terms and free starts, and its price is the one that is taken', async () => {
    const { deps, m, buyer } = await market();
    const quote = await quoteBooking(deps, { slug: m.service.slug, quantity: 2, deliveryMode: 'on_site', startAt: NINE });
    expect(quote).toMatchObject({ deliveryMode: 'at_centre', booking: 'instant', minutes: 90, bill: { net: 110_000, gross: 116_600 } });
    expect(quote.fullRefundUntil).toBe(NINE - 48 * 3_600_000);
    expect(quote.week.days).toHaveLength(7);
    const start = quote.week.days.flatMap((day) => day.starts)[0];
    expect(start?.at).toBe(NINE);
    const form = { ...formFor(m.service, NINE, { quantity: 2 }), shownPrice: quote.shownPrice };
    await holdSlot(deps, buyer, form);
    const after = await quoteBooking(deps, { slug: m.service.slug, quantity: 2 });
    expect(after.week.days.flatMap((day) => day.starts)[0]?.at).toBe(NINE + 90 * 60_000);
    expect(await refusal(quoteBooking(deps, { slug: 'nothing', quantity: 1 }))).toBe('not_found');
  });

  it('answers days that are no days as if none had been asked for', async () => {
    const { deps, m } = await market();
    for (const firstDay of ['2026-13-45', 'script', '', '9999-01-01'])
      expect((await quoteBooking(deps, { slug: m.service.slug, quantity: 1, firstDay })).week.days[0]?.day).toBe('2026-11-23');
    expect(
      (await quoteBooking(deps, { slug: m.service.slug, quantity: 1, firstDay: '2026-12-01', days: 3 })).week.days.map((d) => d.day),
    ).toEqual(['2026-12-01', '2026-12-02', '2026-12-03']);
  });
});
