import { describe, expect, it } from 'vitest';
import { billFor } from '#app/modules/catalogue/bill.ts';
import { fingerprint } from '#app/modules/orders/price.ts';
import { itemsOf } from './read-form.ts';
import { addressOf, numberOf, piecesOf, repeatedSerials, serialsOf, shownGross, typedFromAddress, typedFromForm } from './typed.ts';

const NO_RULES = { perPointNet: 0, includedPoints: 0, rangePrices: [], travelZones: [], memberBasisPoints: 0, parkBasisPoints: 0 };
const row = (name: string, serials = '') => ({ name, maker: '', model: '', serials });

describe('what was typed into the booking form', () => {
  it('reads numbers as keyboards give them, and nothing else', () => {
    expect(['12', ' 7 ', '１２', '012'].map(numberOf)).toEqual([12, 7, 12, 12]);
    for (const bad of ['', '-1', '1.5', '1e3', 'twelve', '0x10', '99999999999999999999']) expect(numberOf(bad)).toBeNaN();
  });

  it('makes one item per piece: a single row stands for all', () => {
    expect(itemsOf([row('千分尺', 'A1\nA2\r\n\r\nA3')], 5).map(({ item }) => item.serial)).toEqual(['A1', 'A2', 'A3', '', '']);
    expect(
      itemsOf([row('', ''), row('千分尺', 'A1\tA2'), row('卡尺')], 9).map(({ row: at, item }) => [at, item.name, item.serial]),
    ).toEqual([
      [1, '千分尺', 'A1'],
      [1, '千分尺', 'A2'],
      [2, '卡尺', ''],
    ]);
    expect(itemsOf([row('', ' ')], 3)).toEqual([]);
    expect(piecesOf([row('a', '1\n2'), row(''), row('b')])).toBe(3);
  });

  it('never makes more items than can be described, whatever quantity is claimed', () => {
    expect(itemsOf([row('a')], 1e9)).toHaveLength(200);
    expect(itemsOf([row('a')], Number.NaN)).toHaveLength(1);
  });

  it('keeps commas and spaces inside a serial number', () => {
    expect(serialsOf('SN 01, left\nSN 02')).toEqual(['SN 01, left', 'SN 02']);
  });

  it('a number that stands twice for one kind of instrument is named once', () => {
    expect(repeatedSerials([row('a', 'S1\nS2\ns1\nＳ１'), row('a', 'S2')])).toEqual(['S1', 'S2']);
    expect(repeatedSerials([row('a', 'S1'), row('b', 'S1'), row('', '')])).toEqual([]);
  });

  it('comes back from the address as it went in', () => {
    const typed = typedFromAddress(
      new URLSearchParams(
        'quantity=3&delivery=courier&points=7&range=150+mm&zone=%E8%8B%8F%E5%B7%9E&expedite=1&start=1764550800000&week=2026-11-30',
      ),
      'k',
      row('x'),
    );
    expect(typedFromAddress(new URLSearchParams(addressOf(typed)), 'k', row('x'))).toEqual(typed);
  });

  it('takes forms with missing, doubled and strange fields', () => {
    const form = new FormData();
    form.append('quantity', new Blob(['12']), 'file.txt');
    form.append('startAt', '17e11');
    form.append('rows.0.name', 'a');
    form.append('rows.2.name', 'never reached');
    expect(typedFromForm(form)).toMatchObject({ quantity: '', startAt: null, rows: [row('a')], expedited: false });
  });

  it('reads back the price that was shown', () => {
    const tariff = {
      unitNet: 100,
      ...NO_RULES,
      volumeTiers: [],
      setupNet: 0,
      travelNet: 0,
      courierNet: 0,
      expediteBasisPoints: null,
      vatBasisPoints: 600,
    };
    const bill = billFor(tariff, { quantity: 2, deliveryMode: 'at_centre', expedited: false });
    expect(shownGross(fingerprint(bill, { fullHours: 48, lateBasisPoints: 5000 }))).toBe(bill.gross);
    expect(shownGross('')).toBeNull();
    expect(shownGross('a.b.c')).toBeNull();
  });
});
