import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptOrders } from './kept-orders.ts';

type Row = { id: string; weight: number; price: number };

const rowOf = (i: number, weight: number, price: number): Row => ({ id: `s${String(i).padStart(6, '0')}`, weight, price });

describe('orders that are kept', () => {
  it('are those of sorting everything anew, whatever came, moved and went', () => {
    const change = fc.tuple(fc.nat(40), fc.nat(3), fc.nat(9), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const rows = new Map<number, Row>();
        const kept = new KeptOrders((ordinal) => rows.get(ordinal));
        for (const [i, weight, price, goes, looks] of changes) {
          if (goes) rows.delete(i);
          else rows.set(i, rowOf(i, weight, price));
          kept.changed(i);
          if (looks) kept.now(rows.keys());
        }
        const anew = new KeptOrders((ordinal) => rows.get(ordinal)).now(rows.keys());
        expect(kept.now(rows.keys())).toEqual(anew);
      }),
    );
  });

  it('cost a change some dozens of comparisons among fifty thousand services, not a sort', () => {
    const rows = new Map(Array.from({ length: 50_000 }, (_, i) => [i, rowOf(i, i % 4, (i * 7919) % 10_007)]));
    const kept = new KeptOrders((ordinal) => rows.get(ordinal));
    kept.now(rows.keys());
    const before = kept.compared;
    rows.set(25_000, rowOf(25_000, 3, 42));
    rows.delete(7);
    for (const moved of [25_000, 7]) kept.changed(moved);
    kept.now(rows.keys());
    expect(kept.compared - before).toBeLessThan(50);
  });
});
