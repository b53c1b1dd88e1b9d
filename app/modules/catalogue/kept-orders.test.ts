import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptOrders } from './kept-orders.ts';

type Row = { id: string; weight: number; price: number };

const rowOf = (i: number, weight: number, price: number): Row => ({ id: `s${String(i).padStart(6, '0')}`, weight, price });

const over = (rows: Map<number, Row>) =>
  new KeptOrders({
    lives: (ordinal) => rows.has(ordinal),
    id: (ordinal) => rows.get(ordinal)!.id,
    weight: (ordinal) => rows.get(ordinal)!.weight,
    price: (ordinal) => rows.get(ordinal)!.price,
    ascending: 0,
  });

describe('orders that are kept', () => {
  it('are those of sorting everything anew, whatever came, moved and went', () => {
    const change = fc.tuple(fc.nat(40), fc.nat(3), fc.nat(9), fc.boolean(), fc.boolean());
    fc.assert(
      fc.property(fc.array(change, { maxLength: 200 }), (changes) => {
        const rows = new Map<number, Row>();
        const kept = over(rows);
        for (const [i, weight, price, goes, looks] of changes) {
          if (goes) rows.delete(i);
          else rows.set(i, rowOf(i, weight, price));
          kept.changed(i);
          if (looks) kept.now(() => rows.keys());
        }
        const anew = over(rows).now(() => rows.keys());
        expect(kept.now(() => rows.keys())).toEqual(anew);
      }),
    );
  });

  it('dealt out by their numbers are those of comparing each with each', () => {
    const row = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.oneof(fc.nat(9), fc.nat(2 ** 31), fc.constant(2 ** 32)));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 60 }), fc.nat(60), (drawn, ascending) => {
        const rows = new Map(drawn.map(([weight, price], i) => [i, rowOf(i, weight, price)]));
        const columns = { lives: (i: number) => rows.has(i), id: (i: number) => rows.get(i)!.id };
        const numbers = { weight: (i: number) => rows.get(i)!.weight, price: (i: number) => rows.get(i)!.price };
        const kept = new KeptOrders({ ...columns, ...numbers, ascending: Math.min(ascending, rows.size) });
        expect(kept.now(() => rows.keys())).toEqual(over(rows).now(() => rows.keys()));
      }),
    );
  });

  it('are right after few and after many of a thousand moved, came and went', () => {
    for (const moves of [1, 32, 33, 120]) {
      const rows = new Map(Array.from({ length: 1000 }, (_, i) => [i, rowOf(i, i % 4, (i * 7919) % 101)]));
      const kept = over(rows);
      kept.now(() => rows.keys());
      for (let i = 0; i < moves; i++) {
        const ordinal = (i * 37) % 1010;
        if (i % 5 === 4) rows.delete(ordinal);
        else rows.set(ordinal, rowOf(ordinal, (i * 3) % 4, (i * 31) % 101));
        kept.changed(ordinal);
      }
      expect(kept.now(() => rows.keys())).toEqual(over(rows).now(() => rows.keys()));
    }
  });

  it('cost a change some dozens of comparisons among fifty thousand services, not a sort', () => {
    const rows = new Map(Array.from({ length: 50_000 }, (_, i) => [i, rowOf(i, i % 4, (i * 7919) % 10_007)]));
    const kept = over(rows);
    kept.now(() => rows.keys());
    const before = kept.compared;
    rows.set(25_000, rowOf(25_000, 3, 42));
    rows.delete(7);
    for (const moved of [25_000, 7]) kept.changed(moved);
    kept.now(() => rows.keys());
    expect(kept.compared - before).toBeLessThan(50);
  });

  it('cost a search nothing while nothing changes: the services are not gone through', () => {
    const rows = new Map([[0, rowOf(0, 1, 10)]]);
    const kept = over(rows);
    let gone = 0;
    const living = () => {
      gone++;
      return rows.keys();
    };
    expect(kept.now(living)).toBe(kept.now(living));
    expect(gone).toBe(1);
  });
});
