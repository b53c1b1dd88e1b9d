import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { declineOffer, takeOffer } from '#app/modules/orders/offers/answer-offer.server.ts';
import { expireOffers } from '#app/modules/orders/offers/expire-offers.server.ts';
import { withdrawMove } from '#app/modules/orders/offers/propose-move.server.ts';
import { orderEvent } from '#db/schema/orders.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { market, refusal, THURSDAY, TUESDAY, WEDNESDAY } from './waiting-market.ts';

describe('asking the buyer before a booking moves', () => {
  it('keeps both times until the answer, and moves with it', async () => {
    const { deps, m, book, open, orderOf, claimsOf, mails, move } = await market({ service: { moves: 'ask' } });
    const { id } = await book(TUESDAY, 0);
    expect(await move(id, TUESDAY)).toBe('moved'); // other resources at its time: nothing to ask
    expect(await move(id, WEDNESDAY)).toBe('asked');
    expect((await orderOf(id)).startAt).toBe(TUESDAY);
    const [offer] = await open();
    expect([await claimsOf(id), await claimsOf(offer!.id)]).toEqual([10, 10]);
    expect((await mails('order_move_asked')).map(({ payload }) => payload.facts)).toMatchObject([
      { startAt: TUESDAY, proposed: WEDNESDAY },
    ]);
    expect(await refusal(takeOffer(deps, m.buyers[1]!, offer!.id))).toBe('not_found');
    await takeOffer(deps, m.buyers[0]!, offer!.id);
    expect((await orderOf(id)).startAt).toBe(WEDNESDAY);
    // The buyer's calendar has to follow.
    expect(await mails('order_moved')).toMatchObject([{ payload: { facts: { before: TUESDAY, startAt: WEDNESDAY, agreed: true } } }]);
    const kinds = (await deps.db.read((q) => q.select().from(orderEvent).where(eq(orderEvent.orderId, id)))).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind.startsWith('move')).sort()).toEqual(['move_asked', 'moved', 'moved']);
    await expectRollupKept(deps, m.poolIds);
  });

  it('goes to the resource the centre chose, and to another of its pool once that one is closed', async () => {
    const { deps, m, book, open, orderOf } = await market({ pools: [3], service: { moves: 'ask' } });
    const [buyer] = m.buyers;
    const resourceId = m.resourceIds[0]?.[2] ?? '';
    const on = async (id: string) => [
      ...new Set((await deps.db.read((q) => q.select().from(claim).where(eq(claim.orderId, id)))).map((row) => row.resourceId)),
    ];
    const ask = async (id: string) => {
      const { number, version } = await orderOf(id);
      await moveBooking(deps, m.manager, { number, startAt: WEDNESDAY, version, resourceId });
      return (await open())[0]?.id ?? '';
    };
    const { id } = await book(TUESDAY, 0);
    await takeOffer(deps, buyer!, await ask(id));
    expect(await on(id)).toEqual([resourceId]);

    const other = await book(TUESDAY, 0);
    const { number, version } = await orderOf(id);
    await moveBooking(deps, m.manager, { number, startAt: WEDNESDAY, version, resourceId: m.resourceIds[0]?.[0] ?? '' });
    const offer = await ask(other.id);
    expect(await on(offer)).toEqual([resourceId]);
    await deps.db.write((tx) => tx.update(resource).set({ active: false }).where(eq(resource.id, resourceId)));
    await takeOffer(deps, buyer!, offer);
    expect(await on(other.id)).toEqual([m.resourceIds[0]?.[1]]);
    await expectRollupKept(deps, m.poolIds);
  });

  it('leaves it where it is when the buyer declines, does not answer, or the centre takes it back', async () => {
    const { deps, m, book, open, orderOf, claimsOf, mails, move } = await market({ service: { moves: 'ask' } });
    const { id, number } = await book(THURSDAY, 0);
    await move(id, WEDNESDAY);
    await declineOffer(deps, m.buyers[0]!, (await open())[0]!.id);
    await move(id, WEDNESDAY);
    expect(await refusal(withdrawMove(deps, m.technician, number))).toBe('forbidden');
    expect(await refusal(withdrawMove(deps, m.buyers[0]!, number))).toBe('not_found');
    await withdrawMove(deps, m.manager, number);
    expect(await refusal(withdrawMove(deps, m.manager, number))).toBe('stale');
    await move(id, WEDNESDAY);
    await move(id, TUESDAY); // asked anew: the other time is free again
    const [offer, ...others] = await open();
    expect(others).toEqual([]);
    deps.time.now = offer!.expiresAt;
    expect(await refusal(takeOffer(deps, m.buyers[0]!, offer!.id))).toBe('stale');
    expect(await expireOffers(deps)).toBe(1);
    expect(await orderOf(id)).toMatchObject({ startAt: THURSDAY, progress: 'confirmed' });
    expect(await claimsOf(id)).toBe(await deps.db.read((q) => q.$count(claim)));
    expect((await mails('centre_move_refused')).map(({ payload }) => (payload.facts as { lapsed: boolean }).lapsed)).toEqual([false, true]);
    expect(await deps.db.read((q) => firstBroken(q, `order:${id}`))).toBeUndefined();
    await expectRollupKept(deps, m.poolIds);
  });
});
