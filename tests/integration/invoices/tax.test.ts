import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { applyTaxRates } from '#app/modules/invoices/apply-tax-rates.server.ts';
import { removeTaxClass, saveTaxClass } from '#app/modules/invoices/save-tax-class.server.ts';
import { removeTaxRate, saveTaxRate } from '#app/modules/invoices/save-tax-rate.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { taxClass } from '#db/schema/invoices.ts';
import { formFor, shanghai } from '#tests/support/market.ts';
import { NINE } from '../orders/life-market.ts';
import { faultOf, invoicing } from './bench.ts';

describe('the rate of a centre', () => {
  it('is borne by what is sold from its day on; an order keeps the one of its own day', async () => {
    const { deps, m, buyer, orderOf, ask, rowOf, pay } = await invoicing();
    const book = async () => {
      const [sold] = await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.service.id)));
      return orderOf((await holdSlot(deps, buyer, formFor(sold!, NINE))).id);
    };
    await saveTaxRate(deps, m.manager, { rate: '1', validFrom: '2026-11-01' });
    await saveTaxRate(deps, m.manager, { rate: '3', validFrom: '2026-11-24' });
    const before = await book();
    expect(before).toMatchObject({ vatBasisPoints: 100, vat: Math.round(before.net / 100) });
    // A minute before midnight, then midnight, on the centre's clock.
    deps.time.now = shanghai('2026-11-23T23:59');
    expect(await applyTaxRates(deps)).toBe(0);
    deps.time.now = shanghai('2026-11-24T00:00');
    expect(await applyTaxRates(deps)).toBe(1);
    expect(await applyTaxRates(deps)).toBe(0);
    const after = await book();
    expect(after.vatBasisPoints).toBe(300);
    expect((await orderOf(before.id)).vatBasisPoints).toBe(100);
    await pay(after.id);
    deps.time.now = shanghai('2026-11-25T00:00');
    expect((await rowOf(await ask([after]))).lines).toMatchObject([{ basisPoints: 300, tax: after.vat }]);
    // Written into a listing meanwhile.
    await deps.db.write((tx) => tx.update(service).set({ vatBasisPoints: 600 }));
    expect(await applyTaxRates(deps)).toBe(1);
  });

  it('may be exempt; one that has begun stays, and only a manager sets it', async () => {
    const { deps, m, buyer } = await invoicing();
    await saveTaxRate(deps, m.manager, { rate: 'exempt', validFrom: '2026-11-23' });
    expect(await deps.db.read((q) => q.select({ vat: service.vatBasisPoints }).from(service))).toEqual([{ vat: 0 }]);
    await saveTaxRate(deps, m.manager, { rate: '6', validFrom: '2027-01-01' });
    expect(await faultOf(removeTaxRate(deps, m.manager, '2026-11-23'))).toBe('tax_rate_begun');
    await removeTaxRate(deps, m.manager, '2027-01-01');
    const finance = { ...m.manager, role: 'finance' as const };
    expect(await faultOf(saveTaxRate(deps, finance, { rate: '6', validFrom: '2027-01-01' }))).toBe('forbidden');
    expect(await faultOf(saveTaxRate(deps, buyer, { rate: '6', validFrom: '2027-01-01' }))).toBe('not_found');
  });
});

it('a class is set for a family or for all, and read anew when the invoice is issued', async () => {
  const { deps, m, paid, ask, issue, rowOf } = await invoicing();
  const number = await ask([await paid()]);
  expect((await rowOf(number)).lines).toMatchObject([{ taxClass: '' }]);
  const words = { code: '3040601000000000000', name: '鉴证咨询服务', item: '检测费' };
  await saveTaxClass(deps, m.manager, { family: '', ...words });
  await saveTaxClass(deps, m.manager, { family: 'calibration', ...words, item: '校准费' });
  await issue(number);
  expect((await rowOf(number)).lines).toMatchObject([{ taxClass: words.code, item: '校准费' }]);
  expect(await faultOf(saveTaxClass(deps, m.manager, { family: 'laundry', ...words }))).toBe('family.choose');
  await removeTaxClass(deps, m.manager, 'calibration');
  expect(await deps.db.read((q) => q.$count(taxClass))).toBe(1);
});
