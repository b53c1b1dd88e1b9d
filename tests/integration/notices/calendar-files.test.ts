/** Case `ics-cancel`: what has been put into a calendar follows the booking there. Read with a parser that is not the writer's. */
import { eq } from 'drizzle-orm';
import ICAL from 'ical.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { moduleLetters } from '#app/http/modules.ts';
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { startSession } from '#app/modules/identity/sessions.server.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { openFeed } from '#app/modules/notices/centre-feed.server.ts';
import { mailDelivery } from '#app/modules/notices/deliver-mail.server.ts';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { recordRefund } from '#app/modules/orders/record-refund.server.ts';
import { readFeed } from '#app/read-models/read-feed.server.ts';
import { loader } from '#app/routes/orders/calendar-file.ts';
import { service } from '#db/schema/catalogue.ts';
import { person } from '#db/schema/identity.ts';
import { orders, slotOffer } from '#db/schema/orders.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type MarketOptions, seedMarket, shanghai } from '#tests/support/market.ts';
import { smtpInbox } from './smtp-inbox.ts';

const NINE = shanghai('2026-11-26T09:00');
const LATER = shanghai('2026-11-27T14:00');
const LATEST = shanghai('2026-11-30T09:00');
const ORIGIN = 'https://hengji.example';

/** What a calendar program makes of a file. */
function read(text: string) {
  const root = new ICAL.Component(ICAL.parse(text));
  const [event] = root.getAllSubcomponents('vevent');
  const of = (name: string) => String(event?.getFirstPropertyValue(name) ?? '');
  return {
    method: String(root.getFirstPropertyValue('method')),
    uid: of('uid'),
    status: of('status'),
    sequence: Number(of('sequence')),
    start: new ICAL.Event(event!).startDate.toJSDate().getTime(),
    organizer: of('organizer'),
    attendees: event?.getAllProperties('attendee').length,
  };
}
type File = ReturnType<typeof read>;

async function market(options: MarketOptions = { pools: [2] }) {
  const inbox = await smtpInbox();
  const deps = await testDeps({ SMTP_URL: inbox.url, MAIL_FROM: 'Hengji <no-reply@hengji.example>', ORIGIN });
  const m = await seedMarket(deps.db, options);
  const buyer = m.buyers[0]!;
  const emailOf = async (actor: Actor) =>
    (await deps.db.read((q) => q.select({ email: person.email }).from(person).where(eq(person.id, actor.personId))))[0]!.email;
  const rowOf = async (number: string) => (await deps.db.read((q) => q.select().from(orders).where(eq(orders.number, number))))[0]!;
  const { handlers, close } = mailDelivery(deps, moduleLetters);
  onTestFinished(close);
  return {
    deps,
    m,
    rowOf,
    hold: () => holdSlot(deps, buyer, formFor(m.service, NINE)),
    pay: (orderId: string) => deps.db.write((tx) => recordPaid(tx, deps, { orderId, now: deps.time.now })),
    move: async (number: string, startAt: number, resourceId?: string) =>
      moveBooking(deps, m.manager, { number, startAt, version: (await rowOf(number)).version, resourceId }),
    cancel: async (number: string, actor: Actor) => {
      const { refund: shownRefund } = await previewCancellation(deps, actor, number);
      await cancelOrder(deps, actor, { number, shownRefund, reason: '标准器送检' });
    },
    /** Sends what waits; the files the person was sent now, one for each mail: undefined for a mail without. */
    sent: async (actor: Actor): Promise<(File | undefined)[]> => {
      const before = inbox.received.length;
      await drainOutbox(deps, handlers, 'test');
      const to = await emailOf(actor);
      return inbox.received
        .slice(before)
        .filter(({ recipients }) => recipients[0] === to)
        .map(({ mail }) => {
          const [file] = mail.attachments;
          if (!file) return undefined;
          const read_ = read(file.content.toString());
          expect(file.headers.get('content-type')).toMatchObject({ value: 'text/calendar', params: { method: read_.method } });
          return read_;
        });
    },
    /** The order's address, as the server would call it. */
    at: async (number: string, actor: Actor = buyer): Promise<{ status: number; file?: File }> => {
      const cookie = await deps.db.write((tx) => startSession(tx, deps, actor.personId, { address: '203.0.113.7', userAgent: 'test' }));
      const request = new Request(`${ORIGIN}/orders/${number}/calendar.ics`, { headers: { cookie: cookie.split(';')[0] ?? '' } });
      const args = { request, params: { number }, context: { services: { ...deps, wake() {} } } } as unknown as Parameters<
        typeof loader
      >[0];
      const answer = await runWithLocale('zh-CN', () => loader(args) as Promise<Response>).catch((thrown: unknown) => thrown as Response);
      if (!(answer instanceof Response)) throw answer;
      return answer.status === 200 ? { status: 200, file: read(await answer.text()) } : { status: answer.status };
    },
    buyer,
  };
}

describe('the calendar file of a booking', () => {
  it('has one UID, and a higher SEQUENCE with every new time, in the mail and at the address', async () => {
    const { deps, m, hold, pay, move, sent, at, buyer, rowOf } = await market();
    const { id, number } = await hold();
    expect((await at(number)).status).toBe(404); // not booked yet
    await pay(id);
    const [first] = await sent(buyer);
    expect(first).toMatchObject({ method: 'PUBLISH', status: 'CONFIRMED', start: NINE, uid: `${number}@hengji.example`, attendees: 0 });
    expect(first?.organizer.toLowerCase()).toBe('mailto:no-reply@hengji.example');
    expect((await at(number)).file).toEqual(first);
    let last = first!;
    for (const start of [LATER, LATEST, NINE]) {
      await move(number, start);
      const files = await sent(buyer);
      expect(files).toHaveLength(1);
      expect(files[0]).toMatchObject({ ...last, start, sequence: last.sequence + 1 });
      last = files[0]!;
      expect((await at(number)).file).toEqual(last);
    }
    // Another bench at the same time is nothing for the buyer's calendar.
    await move(number, NINE);
    expect(await sent(buyer)).toEqual([]);
    expect((await at(number)).file).toEqual(last);
    for (const event of ['receive', 'begin', 'report', 'close'] as const) {
      const { version } = await rowOf(number);
      await advanceOrder(deps, m.manager, { number, event, version });
      expect((await at(number)).file).toEqual(last);
    }
  });

  it.each(['buyer', 'centre'] as const)('is taken out by the mail and by the address when the %s cancels', async (side) => {
    const { m, hold, pay, move, cancel, sent, at, buyer, deps } = await market();
    const { id, number } = await hold();
    await pay(id);
    await move(number, LATER);
    const before = (await sent(buyer)).at(-1)!;
    await cancel(number, side === 'buyer' ? buyer : m.manager);
    const files = await sent(buyer);
    const cancelled = { ...before, method: 'CANCEL', status: 'CANCELLED', sequence: before.sequence + 1 };
    expect(files).toEqual([cancelled]);
    expect(await at(number)).toEqual({ status: 200, file: cancelled });
    // The money going back changes no time.
    await deps.db.write((tx) => recordRefund(tx, { orderId: id, refundId: 'r', amount: 100, now: deps.time.now }));
    expect(await sent(buyer)).toEqual([undefined]);
    expect(await at(number)).toEqual({ status: 200, file: cancelled });
    expect((await at(number, m.buyers[1]!)).status).toBe(404);
  });

  it('follows the managers of the centre in their own mail, and leaves its subscribed calendar', async () => {
    const { deps, m, hold, pay, move, cancel, sent, buyer } = await market();
    await deps.db.write(async (tx) => {
      await tx.update(service).set({ moves: 'ask' }).where(eq(service.id, m.service.id));
    });
    const secret = await openFeed(deps, m.manager);
    const { id, number } = await hold();
    await pay(id);
    const [booked] = await sent(m.manager);
    expect(booked).toMatchObject({ method: 'PUBLISH', sequence: 0, start: NINE });
    expect(read(await readFeed(deps, secret))).toMatchObject({ uid: booked?.uid, sequence: 0, start: NINE });
    await move(number, LATER);
    const [offer] = await deps.db.read((q) => q.select().from(slotOffer));
    await takeOffer(deps, buyer, offer!.id);
    expect((await sent(m.manager)).at(-1)).toMatchObject({ method: 'PUBLISH', uid: booked?.uid, sequence: 1, start: LATER });
    expect(read(await readFeed(deps, secret))).toMatchObject({ uid: booked?.uid, sequence: 1, start: LATER });
    await cancel(number, buyer);
    expect(await sent(m.manager)).toMatchObject([{ method: 'CANCEL', uid: booked?.uid, sequence: 2, start: LATER }]);
    expect(await readFeed(deps, secret)).not.toContain('BEGIN:VEVENT');
  });

  it('changes when the buyer agrees to a move, not when asked, and not when refused', async () => {
    const { deps, m, hold, pay, move, sent, at, buyer } = await market();
    await deps.db.write(async (tx) => {
      await tx.update(service).set({ moves: 'ask' }).where(eq(service.id, m.service.id));
    });
    const { id, number } = await hold();
    await pay(id);
    await sent(buyer);
    const open = async () => (await deps.db.read((q) => q.select().from(slotOffer).where(eq(slotOffer.state, 'open'))))[0]!.id;
    await move(number, LATER);
    expect(await sent(buyer)).toEqual([undefined]);
    await declineOffer(deps, buyer, await open());
    expect((await at(number)).file).toMatchObject({ sequence: 0, start: NINE });
    await move(number, LATEST);
    await takeOffer(deps, buyer, await open());
    const files = await sent(buyer);
    expect(files.at(-1)).toMatchObject({ method: 'PUBLISH', sequence: 1, start: LATEST });
    expect((await at(number)).file).toEqual(files.at(-1));
  });

  it('is there once late money has booked the slot, and never for what was not booked', async () => {
    const { deps, hold, pay, cancel, sent, at, buyer } = await market();
    const dropped = await hold();
    await cancel(dropped.number, buyer);
    expect(await sent(buyer)).toEqual([undefined]);
    expect((await at(dropped.number)).status).toBe(404);
    const { id, number } = await hold();
    deps.time.now += 3_600_000;
    await expireHolds(deps, async () => false);
    expect(await sent(buyer)).toEqual([undefined]);
    expect((await at(number)).status).toBe(404);
    await pay(id);
    expect((await sent(buyer)).filter(Boolean)).toMatchObject([{ method: 'PUBLISH', sequence: 0 }]);
    expect((await at(number)).status).toBe(200);
  });
});
