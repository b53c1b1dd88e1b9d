import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { requestBooking } from '#app/modules/orders/place-order.server.ts';
import { exportCentreOrders } from '#app/read-models/export-centre-orders.server.ts';
import { INBOX_SORTS, listCentreOrders } from '#app/read-models/list-centre-orders.server.ts';
import { outbox } from '#db/schema/core.ts';
import { membership, person, type Role } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const START = shanghai('2026-11-26T09:00');
const HOUR = 3_600_000;

async function requests() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, { service: { booking: 'approve' } });
  const member = async (role: Role) => {
    const id = newId();
    await deps.db.write(async (tx) => {
      await tx.insert(person).values({ id, email: `${role}@example.test`, name: role, passwordHash: '', locale: 'en', createdAt: 0 });
      await tx.insert(membership).values({ id: newId(), personId: id, organisationId: m.manager.organisationId, role, createdAt: 0 });
    });
  };
  for (const role of ['scheduler', 'finance', 'signatory'] as const) await member(role);
  const numbers: string[] = [];
  for (const hour of [6, 0, 4]) {
    const form = formFor(m.service, START + hour * HOUR, { notes: `备注 ${hour}` });
    numbers.push((await requestBooking(deps, m.buyers[0]!, form)).number);
  }
  return { deps, m, numbers };
}

describe('the inbox of a centre', () => {
  it('is put in the order asked for, page by page the same', async () => {
    const { deps, m, numbers } = await requests();
    const [late, early, between] = numbers as [string, string, string];
    for (const sort of INBOX_SORTS) {
      const whole = (await exportCentreOrders(deps, m.manager, { tab: 'requests', sort })).map(({ number }) => number);
      const paged: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listCentreOrders(deps, m.manager, { tab: 'requests', sort, perPage: 1, ...(cursor && { cursor }) });
        paged.push(...page.orders.map(({ number }) => number));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(paged).toEqual(whole);
      expect([...whole].sort()).toEqual([...numbers].sort());
      if (sort === 'start') expect(whole).toEqual([early, between, late]);
    }
  });

  it('goes out for who may see it, with what was searched for alone', async () => {
    const { deps, m, numbers } = await requests();
    const finance = { ...m.manager, role: 'finance' as const };
    const all = await exportCentreOrders(deps, finance, {});
    expect(new Map(all.map(({ number, texts }) => [number, texts.notes]))).toEqual(
      new Map([6, 0, 4].map((hour, i) => [numbers[i]!, `备注 ${hour}`])),
    );
    expect((await exportCentreOrders(deps, finance, { words: numbers[1]! })).map(({ number }) => number)).toEqual([numbers[1]]);
    await expect(exportCentreOrders(deps, m.buyers[0]!, {})).rejects.toMatchObject({ code: 'not_found' });
  });

  it('a request is written about to everybody who may answer it, and to nobody else', async () => {
    const { deps, m } = await requests();
    const rows = await deps.db.read((q) => q.select().from(outbox));
    const mails = rows.map(({ payload }) => payload as { kind?: string; to?: string }).filter(({ kind }) => kind === 'centre_new_order');
    expect(new Set(mails.map(({ to }) => to))).toEqual(new Set([`${m.manager.personId}@example.test`, 'scheduler@example.test']));
  });
});
