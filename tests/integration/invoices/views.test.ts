import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { folderStore } from '#app/core/files.server.ts';
import { saveTaxRate } from '#app/modules/invoices/save-tax-rate.server.ts';
import { compareInvoices } from '#app/read-models/compare-invoices.server.ts';
import { listBuyerInvoices } from '#app/read-models/list-buyer-invoices.server.ts';
import { listCentreInvoices } from '#app/read-models/list-centre-invoices.server.ts';
import { viewInvoice } from '#app/read-models/view-invoice.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { viewOrderInvoice } from '#app/read-models/view-order-invoice.server.ts';
import { viewTax } from '#app/read-models/view-tax.server.ts';
import { outbox } from '#db/schema/core.ts';
import { invoice } from '#db/schema/invoices.ts';
import { seedInvoices } from '#seeds/invoices.server.ts';
import { seed } from '#seeds/seed.ts';
import { testDeps } from '#tests/support/database.ts';
import { faultOf, invoicing } from './bench.ts';

describe('pages of invoices', () => {
  it('show a buyer its requests and what may be asked for, and nothing of others', async () => {
    const { deps, m, buyer, other, paid, held, ask, giveBack } = await invoicing();
    const [one, two, reduced, unpaid] = [await paid(), await paid(), await paid(), await held()];
    await giveBack(reduced.id, 1_000);
    const number = await ask([one]);
    const list = await listBuyerInvoices(deps, buyer);
    expect(list.invoices).toMatchObject([{ number, state: 'requested', titleName: '苏州示例机械有限公司', kind: 'special', letters: 0 }]);
    expect(list.offered.map((order) => [order.number, order.left]).sort()).toEqual(
      [
        [two.number, two.gross],
        [reduced.number, reduced.gross - 1_000],
      ].sort(),
    );
    expect(await listBuyerInvoices(deps, other)).toMatchObject({ invoices: [], offered: [], titles: [] });
    expect(await faultOf(viewInvoice(deps, other, number))).toBe('not_found');
    expect(await faultOf(viewInvoice(deps, m.technician, number))).toBe('forbidden');
    expect(await faultOf(listCentreInvoices(deps, m.technician, { tab: 'red' }))).toBe('forbidden');
    const of = async (order: { number: string }, who = buyer) => viewOrderInvoice(deps, who, await viewOrder(deps, who, order.number));
    expect(await of(one)).toMatchObject({ on: { number }, askable: false });
    expect(await of(two)).toMatchObject({ on: null, askable: true });
    expect(await of(unpaid)).toMatchObject({ askable: false, choosable: true, titles: [{ kind: 'special' }] });
    expect(await of(one, m.manager)).toMatchObject({ on: { number } });
    expect(await of(one, m.technician)).toBeNull();
  });

  it('show a centre what is to be done, and compare by name', async () => {
    const { deps, m, paid, ask, issue, giveBack } = await invoicing();
    const orders = [await paid(), await paid(), await paid()];
    const [good, reduced, waiting] = [await ask([orders[0]!]), await ask([orders[1]!]), await ask([orders[2]!])];
    await issue(good);
    await issue(reduced);
    await giveBack(orders[1]!.id, 10_600);
    expect(await listCentreInvoices(deps, m.manager, { tab: 'red' })).toMatchObject({
      counts: { requested: 1, red: 1, issued: 2, ended: 0 },
      invoices: [{ number: reduced, letters: 1 }],
    });
    expect((await listCentreInvoices(deps, m.manager, { tab: 'requested' })).invoices.map(({ number }) => number)).toEqual([waiting]);
    expect((await compareInvoices(deps, m.manager)).rows).toMatchObject([
      { number: reduced, refunded: 10_600, issuedRed: 0, waitingRed: 10_600, differences: ['letter_waits'] },
    ]);
    const all = (await compareInvoices(deps, m.manager, { all: true })).rows;
    expect(all.map(({ number, differences }) => [number, differences.length]).sort()).toEqual(
      [
        [good, 0],
        [reduced, 1],
      ].sort(),
    );
    expect(await viewInvoice(deps, m.manager, reduced)).toMatchObject({
      letters: [{ state: 'raised', issuable: true, confirmable: false, withdrawable: true, again: false }],
      comparison: { differences: ['letter_waits'] },
      markable: false,
    });
    await saveTaxRate(deps, m.manager, { rate: '6', validFrom: '2026-01-01' });
    await saveTaxRate(deps, m.manager, { rate: '3', validFrom: '2027-01-01' });
    expect(await viewTax(deps, m.manager)).toMatchObject({
      now: '6',
      sets: true,
      rates: [
        { validFrom: '2027-01-01', begun: false },
        { validFrom: '2026-01-01', current: true },
      ],
    });
  });

  it('have something to show in the demonstration, and nobody is written to about it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hengji-invoices-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const deps = { ...(await testDeps()), files: folderStore(folder) };
    await seed(deps);
    await seedInvoices(deps);
    const states = (await deps.db.read((q) => q.select({ state: invoice.state }).from(invoice))).map(({ state }) => state);
    expect(states.sort()).toEqual(['issued', 'issued', 'refused', 'requested']);
    expect(await deps.db.read((q) => q.$count(outbox))).toBe(0);
  });
});
