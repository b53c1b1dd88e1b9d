import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CENTS } from '../price-rules.ts';
import { rangesText, readRanges, readZones, zonesText } from './price-texts.ts';

describe('price rules as they are typed', () => {
  it('are read as keyboards give them', () => {
    expect(readRanges('25mm: 80； １５０ mm：120.5')).toEqual({
      list: [
        { upTo: 25, unit: 'mm', unitNet: 8_000 },
        { upTo: 150, unit: 'mm', unitNet: 12_050 },
      ],
    });
    expect(readZones('苏州市区 | Suzhou city: 300, 45 min\n昆山：500，70 分钟')).toEqual({
      list: [
        { nameZh: '苏州市区', nameEn: 'Suzhou city', net: 30_000, minutes: 45 },
        { nameZh: '昆山', nameEn: '', net: 50_000, minutes: 70 },
      ],
    });
    expect(readRanges(' ; \n')).toEqual({ list: [] });
  });

  it('say which entry is wrong', () => {
    for (const text of ['25 mm: 80; 25 mm: 90', '25 mm: 80; 1 m: 90', '25 mm: 80; 150: 90', '25 mm: 80; x', '25 mm: 80; 30 mm: 0'])
      expect(readRanges(text)).toEqual({ wrong: 2 });
    for (const text of [
      'a: 1, 5 min; a: 2, 6 min',
      'a: 1, 5 min; b: 1',
      'a: 1, 5 min; b: 1, 601 min',
      `a: 1, 5 min; ${'b'.repeat(41)}: 1, 5 min`,
    ])
      expect(readZones(text)).toEqual({ wrong: 2 });
    expect(readRanges(Array.from({ length: 13 }, (_, i) => `${i + 1} mm: 5`).join(';'))).toEqual({ wrong: 13 });
    expect(readRanges(`0 mm: 5; ${'9'.repeat(400)}`)).toEqual({ wrong: 1 });
  });

  it('come back as they went in', () => {
    const ends = fc.uniqueArray(fc.integer({ min: 1, max: 9_999_999 }), { maxLength: 12 });
    const unit = fc.constantFrom('mm', 'µm', '℃', 'kN', 'N·m', 'm/s');
    const price = fc.integer({ min: 1, max: MOST_CENTS });
    fc.assert(
      fc.property(ends, unit, price, (all, one, unitNet) => {
        const rows = all.toSorted((a, b) => a - b).map((end) => ({ upTo: end / 100, unit: one.normalize('NFKC'), unitNet }));
        expect(readRanges(rangesText(rows))).toEqual({ list: rows });
      }),
    );
    const name = fc
      .stringMatching(/^[a-z一-龥](?:[a-z一-龥 ]{0,38}[a-z一-龥])?$/)
      .filter((text) => text === text.normalize('NFKC').replace(/ +/g, ' '));
    const zone = fc.record({ nameZh: name, nameEn: fc.option(name, { nil: '' }), net: fc.nat(MOST_CENTS), minutes: fc.nat(600) });
    fc.assert(
      fc.property(fc.uniqueArray(zone, { maxLength: 12, selector: (row) => row.nameZh }), (rows) => {
        expect(readZones(zonesText(rows))).toEqual({ list: rows });
      }),
    );
  });
});
