import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { closeFeed, hasFeed, openFeed } from '#app/modules/notices/centre-feed.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { recordPaid } from '#app/modules/orders/record-payment.server.ts';
import { readFeed } from '#app/read-models/read-feed.server.ts';
import { membership } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-26T09:00');
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('the calendar of a centre', () => {
  it('lists what is booked, of this centre alone, and leaves out what is not paid', async () => {
    const deps = await testDeps();
    const [m, other] = [await seedMarket(deps.db), await seedMarket(deps.db)];
    const { id, number } = await holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE));
    const theirs = await holdSlot(deps, other.buyers[0]!, formFor(other.service, NINE));
    const secret = await openFeed(deps, m.technician);
    expect(await readFeed(deps, secret)).not.toContain('BEGIN:VEVENT');
    for (const orderId of [id, theirs.id]) await deps.db.write((tx) => recordPaid(tx, deps, { orderId, now: deps.time.now }));
    const calendar = await readFeed(deps, secret);
    expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(1);
    expect(calendar).toContain(number);
    expect(calendar).toContain('DTSTART:20261126T010000Z');
    expect(calendar).not.toContain(theirs.number);
  });

  it('ends with its link, with a new link, and when its owner leaves', async () => {
    const deps = await testDeps();
    const m = await seedMarket(deps.db);
    const first = await openFeed(deps, m.manager);
    const second = await openFeed(deps, m.manager);
    expect(await refusal(readFeed(deps, first))).toBe('not_found');
    expect(await readFeed(deps, second)).toContain('BEGIN:VCALENDAR');
    const colleague = await openFeed(deps, m.technician);
    await closeFeed(deps, m.manager);
    expect(await hasFeed(deps, m.manager)).toBe(false);
    expect(await refusal(readFeed(deps, second))).toBe('not_found');
    expect(await hasFeed(deps, m.technician)).toBe(true);
    const { personId, organisationId } = m.technician;
    await deps.db.write(async (tx) => {
      await tx.delete(membership).where(and(eq(membership.personId, personId), eq(membership.organisationId, organisationId)));
    });
    expect(await refusal(readFeed(deps, colleague))).toBe('not_found');
    for (const secret of ['', 'x', `${second}x`, "' or 1=1 --"]) expect(await refusal(readFeed(deps, secret))).toBe('not_found');
    expect(await refusal(openFeed(deps, m.buyers[0]!))).toBe('not_found');
  });
});
