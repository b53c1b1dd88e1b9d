import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUnit } from '../rules/units/units.server.ts';
import { readRange } from './range-text.ts';

const read = (text: string, unit?: string) => {
  const given = unit === undefined ? undefined : parseUnit(unit);
  return readRange(text, { parseUnit, ...(given?.ok ? { unit: given.unit } : {}) });
};

describe('a range', () => {
  it.each([
    ['(0~25) mm', 0, 25, 'mm'],
    ['0~25mm', 0, 25, 'mm'],
    ['0 mm～25 mm', 0, 25, 'mm'],
    ['(0 mm~25 mm)', 0, 25, 'mm'],
    ['０～２５ｍｍ', 0, 25, 'mm'],
    ['（0～25）mm', 0, 25, 'mm'],
    ['0–25 mm', 0, 25, 'mm'],
    ['0-25 mm', 0, 25, 'mm'],
    ['0mm至25mm', 0, 25, 'mm'],
    ['0 to 25 mm', 0, 25, 'mm'],
    ['(-40~150) ℃', -40, 150, 'Cel'],
    ['-40 ℃~150 ℃', -40, 150, 'Cel'],
    ['-40 °C to +150 °C', -40, 150, 'Cel'],
    ['100 µA to 1 mA', 0.1, 1, 'mA'],
    ['100 μA～1 mA', 0.1, 1, 'mA'],
    ['±180º', -180, 180, 'deg'],
    ['±(100) mV', -100, 100, 'mV'],
    ['+/- 10 V', -10, 10, 'V'],
    ['25 mm', 25, 25, 'mm'],
    ['0.000 47 mm to 1.2E-02 mm', 0.00047, 0.012, 'mm'],
    ['1×10⁻³ Pa~1×10⁵ Pa', 1e-3, 1e5, 'Pa'],
    ['1 Ω~10 kΩ', 0.001, 10, 'kOhm'],
    ['1 Ω~10 kΩ'.replaceAll('Ω', '\u2126'), 0.001, 10, 'kOhm'],
    ['(0.1~60) MPa', 0.1, 60, 'MPa'],
    ['(10~95) %RH', 10, 95, '%RH'],
    ['5 m³/h~100 m³/h', 5, 100, 'm3/h'],
    ['1 N·m~1000 N·m', 1, 1000, 'N.m'],
  ])('%s', (text, min, max, code) => {
    const range = read(text);
    expect(range).toMatchObject({ ok: true, unit: { code }, parameters: [], doubts: [] });
    if (range.ok) {
      expect(range.min).toBeCloseTo(min, 12);
      expect(range.max).toBeCloseTo(max, 12);
    }
  });

  it('takes the unit of its column where the numbers carry none', () => {
    expect(read('0~25', 'mm')).toMatchObject({ ok: true, min: 0, max: 25, unit: { code: 'mm' } });
    expect(read('0~25')).toMatchObject({ ok: false, reason: 'unit_missing' });
    // A spreadsheet's number for the 25th of January.
    expect(read('46047', 'mm')).toMatchObject({ ok: true, min: 46047, max: 46047, doubts: [{ code: 'point_assumed' }] });
  });

  it.each([
    ['Up to 4 in', 4],
    ['≤500 mm', 500],
    ['500 mm以下', 500],
    ['不超过 500 mm', 500],
  ])('%s begins at zero, which a person confirms', (text, max) => {
    expect(read(text)).toMatchObject({ ok: true, min: 0, max, doubts: [{ code: 'lower_bound_assumed' }] });
  });

  it.each([
    ['10 mV~1000 V, 40 Hz~1 kHz', [['frequency', 40, 1000]]],
    ['10 mV～1000 V（40 Hz～1 kHz）', [['frequency', 40, 1000]]],
    ['1 V @ 1 kHz', [['frequency', 1000, 1000]]],
    ['(5~95) %RH, (5~50) ℃', [['temperature', 278.15, 323.15]]],
  ])('%s holds for what stands beside it', (text, parameters) => {
    const range = read(text);
    expect(range.ok && range.parameters.map(({ name, range: { base } }) => [name, base.min, base.max])).toEqual(parameters);
  });

  it.each([
    ['', 'range_missing'],
    ['   ', 'range_missing'],
    ['≥10 mm', 'open_interval'],
    ['10 mm 以上', 'open_interval'],
    ['> 10 kN', 'open_interval'],
    ['10 mm and above', 'open_interval'],
    ['25~0 mm', 'reversed'],
    ['0~25 furlongs', 'unit_unknown'],
    ['0~25 mm¹⁾', 'unexpected_text'],
    ['0 V~25 mm', 'kind_differs'],
    ['M1 等级', 'number_expected'],
    ['(0~25 mm', 'unexpected_text'],
    ['0~25 mm 0~50 mm', 'unexpected_text'],
    ['0~25 mm, 0~50 mm', 'one_quantity_twice'],
    ['1×10 Pa~2 Pa', 'exponent_lost'],
    ['1 V, 5 cd', 'parameter_unknown'],
  ])('%s is refused: %s', (text, reason) => {
    expect(read(text)).toMatchObject({ ok: false, reason });
  });

  it('never throws', () => {
    const pieces = fc.array(
      fc.constantFrom(
        '(',
        ')',
        '0',
        '25',
        '~',
        ' to ',
        'mm',
        ' V',
        '±',
        '-',
        'Up to ',
        '≥',
        ',',
        ' ',
        '×10',
        '⁻³',
        '以上',
        '%',
        'RH',
        '@',
        'constructor',
      ),
      { maxLength: 9 },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          pieces.map((parts) => parts.join('')),
        ),
        (text) => {
          const range = read(text);
          if (range.ok) expect(range.min).toBeLessThanOrEqual(range.max);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
