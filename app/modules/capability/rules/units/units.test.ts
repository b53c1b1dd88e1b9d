import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import oracles from './oracles.json' with { type: 'json' };
import { formatNumber, formatUnit, type Unit } from './quantities.ts';
import aliases from './unit-aliases.json' with { type: 'json' };
import spellings from './unit-spellings.json' with { type: 'json' };
import { convertUncertainty, convertValue, parseUnit, sameKind } from './units.server.ts';

function unit(text: string): Unit {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(`${text}: ${found.reason}`);
  return found.unit;
}
const value = (x: number, from: string, to: string, level?: 'power' | 'field') => convertValue(x, unit(from), unit(to), level);

describe('parseUnit', () => {
  it.each([
    ['μm', 'um'],
    ['µm', 'um'],
    ['um', 'um'],
    ['㎛', 'um'],
    ['微米', 'um'],
    [' mm ', 'mm'],
    ['毫米', 'mm'],
    ['㎜', 'mm'],
    ['ｍｍ', 'mm'],
    ['℃', 'Cel'],
    ['°C', 'Cel'],
    ['º C', 'Cel'],
    ['摄氏度', 'Cel'],
    ['\u03a9', 'Ohm'],
    ['\u2126', 'Ohm'],
    ['kΩ', 'kOhm'],
    ['兆欧', 'MOhm'],
    ['MPa', 'MPa'],
    ['兆帕', 'MPa'],
    ['N·m', 'N.m'],
    ['N⋅m', 'N.m'],
    ['牛·米', 'N.m'],
    ['m³/h', 'm3/h'],
    ['立方米每小时', 'm3/h'],
    ['m·s⁻¹', 'm.s-1'],
    ['m/s²', 'm/s2'],
    ['r/min', 'r/min'],
    ['rpm', 'r/min'],
    ['% RH', '%RH'],
    ['％ＲＨ', '%RH'],
    ['kgf/cm²', 'kgf/cm2'],
    ['µin', 'u[in_i]'],
    ['lbf·ft', '[lbf_av].[ft_i]'],
    ['dBm', 'dB[mW]'],
    ['pH', 'pH'],
    ['HRC', 'HRC'],
    ['arcsec', "''"],
    ['″', "''"],
    ['μmol/mol', 'umol/mol'],
    ['µSv/h', 'uSv/h'],
    ['%', '%'],
    ['1', '1'],
  ])('reads %s as %s', (text, code) => {
    expect(unit(text).code).toBe(code);
  });

  it.each(['foo', 'meter', '10m', 'm//s', '<script>', 'm(2', '🙂', '__proto__', 'constructor', 'x'.repeat(500), '²', 'mm of'])(
    'does not guess %s',
    (text) => {
      expect(parseUnit(text)).toMatchObject({ ok: false, reason: 'unit_unknown' });
    },
  );

  it('tells a missing unit from an unknown one', () => {
    expect(parseUnit('  ')).toMatchObject({ ok: false, reason: 'unit_missing' });
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => typeof parseUnit(text).ok === 'boolean'));
  });

  it('reads back every printed symbol', () => {
    for (const code of [
      'um',
      'mm',
      'Cel',
      'K',
      'N.m',
      'm3/h',
      'uS/cm',
      'kOhm',
      '%RH',
      'dB[mW]',
      'u[in_i]',
      "''",
      "'",
      'mg/m3',
      'r/min',
      '[psi]',
      'mm[Hg]',
      "[in_i'Hg]",
      'm/s2',
      'mm2/s',
    ]) {
      expect(unit(formatUnit(code)).code, code).toBe(code);
    }
  });
});

describe('conversion', () => {
  const texts: Record<string, string> = {
    "1 [in_i'Hg] (0 degC)": 'inHg',
    '1 mm[Hg] conventional': 'mmHg',
    '1 uin': 'uin',
    '1 lbf.ft': 'lbf.ft',
  };
  it.each(oracles.unit_conversion)('$q: $from_ in $to', ({ q, from_, to, v }) => {
    const [number = '', name = ''] = from_.split(/ (.*)/);
    const from = unit(texts[from_] ?? name);
    const target = unit(to === 'relative power' ? '1' : to);
    const level = /voltage/.test(q) ? 'field' : 'power';
    const result = /uncertainty|U of/i.test(q)
      ? convertUncertainty(Number(number), from, target, level)
      : convertValue(Number(number), from, target, level);
    expect(result.ok && Math.abs(result.value / v - 1)).toBeLessThan(1e-11);
  });

  it('adds the zero point to values and never to uncertainties', () => {
    expect(value(32, '°F', '°C')).toEqual({ ok: true, value: 0 });
    expect(convertUncertainty(0.5, unit('°C'), unit('K'))).toEqual({ ok: true, value: 0.5 });
  });

  it.each([
    ['HRC', 'HV'],
    ['%RH', '%'],
    ['NTU', '1'],
    ['pH', '1'],
    ['%LEL', '%'],
  ])('never converts %s to %s', (a, b) => {
    expect(sameKind(unit(a), unit(b))).toBe(false);
    expect(value(1, a, b)).toEqual({ ok: false, reason: 'closed_scale' });
  });

  it('keeps apart what only shares a dimension', () => {
    for (const [a, b] of [
      ['N.m', 'J'],
      ['Bq', 'Hz'],
      ['Gy', 'Sv'],
      ['uSv/h', 'uGy/h'],
      ['mol', '1'],
      ['deg', 'mm/m'],
      ['mol/L', '1/L'],
    ] as const) {
      expect(sameKind(unit(a), unit(b)), `${a} ${b}`).toBe(false);
    }
    expect(sameKind(unit('umol/mol'), unit('ppm'))).toBe(true);
  });

  it('asks what a decibel is of', () => {
    expect(value(20, 'dB', '1')).toEqual({ ok: false, reason: 'level_kind_missing' });
    expect(value(-1, 'W', 'dBm')).toEqual({ ok: false, reason: 'out_of_domain' });
    expect(value(0.1, 'W', 'dBm')).toEqual({ ok: true, value: 20 });
    expect(value(-10, 'dBW', 'dBm')).toEqual({ ok: true, value: 20 });
  });

  it('goes there and back', () => {
    const families = [
      ['mm', 'um', 'in', 'm', 'ft'],
      ['°C', 'K', '°F'],
      ['Pa', 'psi', 'mmHg', 'kgf/cm2', 'inHg', 'MPa', 'bar'],
      ['r/min', 'Hz', 'kHz'],
      ['mL/min', 'm3/h', 'L/min'],
      ['%', 'ppm', '1', 'mm/m'],
      ['g', 'kg', 't', 'lb'],
    ];
    const pair = fc.constantFrom(...families).chain((f) => fc.tuple(fc.constantFrom(...f), fc.constantFrom(...f)));
    fc.assert(
      fc.property(
        pair,
        fc.double({ min: -1e4, max: 1e4, noNaN: true }).filter((x) => x === 0 || Math.abs(x) > 1e-200),
        ([a, b], x) => {
          const there = value(x, a, b);
          const back = there.ok ? value(there.value, b, a) : there;
          // Offsets lose digits of small numbers: the error is relative to the zero point's size.
          expect(back.ok && Math.abs(back.value - x)).toBeLessThanOrEqual(1e-8 * (Math.abs(x) + 1));
          const u = convertUncertainty(Math.abs(x), unit(a), unit(b));
          const uBack = u.ok ? convertUncertainty(u.value, unit(b), unit(a)) : u;
          expect(uBack.ok && Math.abs(uBack.value - Math.abs(x))).toBeLessThanOrEqual(1e-10 * Math.abs(x));
        },
      ),
    );
  });
});

describe('printing', () => {
  it.each([
    ['um', 'µm'],
    ['Cel', '°C'],
    ['N.m', 'N·m'],
    ['m3/h', 'm³/h'],
    ['MOhm', 'MΩ'],
    ['%RH', '% RH'],
    ['1', ''],
    ['u[in_i]', 'µin'],
    ['r/min', 'r/min'],
    ["''", '″'],
    ['m/s2', 'm/s²'],
  ])('%s as %s', (code, symbol) => {
    expect(formatUnit(code)).toBe(symbol);
  });

  it.each([
    [0, '0'],
    [1234, '1234'],
    [12345, '12\u202f345'],
    [-1234567.25, '−1\u202f234\u202f567.25'],
    [0.00047, '0.000\u202f47'],
    [7e-7, '7×10⁻⁷'],
    [3e9, '3×10⁹'],
    [0.1 + 0.2, '0.3'],
  ])('%d as %s', (x, text) => {
    expect(formatNumber(x)).toBe(text);
  });
});

describe('units of everyday scopes', () => {
  const codes = [spellings.whole, spellings.closed, spellings.atoms].flatMap((names) => Object.entries(names));
  it('are read by every spelling, and printed so that they are read back', () => {
    for (const [code, texts] of codes) {
      for (const text of texts.split(' ')) expect(unit(text).code, text).toBe(code);
      expect(unit(formatUnit(code) || '1').code, code).toBe(code);
    }
    for (const code of [...Object.keys(aliases.overlay), ...aliases.closedScales.split(' ')]) {
      expect(unit(code).code, code).toBe(code);
      expect(unit(formatUnit(code)).code, code).toBe(code);
    }
  });

  it.each([
    ['psia', '[psi]{absolute}', 'L-1M1T-2#absolute'],
    ['MPa(a)', 'MPa{absolute}', 'L-1M1T-2#absolute'],
    ['psig', '[psi]{gauge}', 'L-1M1T-2'],
    ['Nm³/h', 'm3/h{normal}', 'L3T-1#normal'],
    ['sccm', 'mL/min{standard}', 'L3T-1#standard'],
    ['Vpp', 'V{pp}', 'L2M1T-2Q-1#pp'],
    ['kVA', 'kVA', 'L2M1T-3#apparent'],
    ['W/(m·K)', 'W/m/K', 'L1M1T-3K-1'],
    ['mV/(m/s²)', 'mV.s2/m', 'L1M1Q-1'],
    ['MV{}', 'MV', 'L2M1T-2Q-1'],
  ])('%s is %s', (text, code, kind) => expect(unit(text)).toMatchObject({ code, kind }));

  it.each(['at', 'dBi', 'pt', 'ppt', 'J/kg·K', 'Vpp{absolute}', 'mm(abs)', 'PHz', 'zm'])('does not read %s', (text) =>
    expect(parseUnit(text).ok).toBe(false),
  );

  it('keeps gauge and absolute, peak and r.m.s., measured and reference volumes apart', () => {
    for (const [a, b] of [
      ['psia', 'psig'],
      ['kPa(abs)', 'kPa'],
      ['Vpp', 'V'],
      ['Nm³/h', 'm³/h'],
      ['sccm', 'Nml/min'],
      ['kVA', 'kW'],
      ['kvar', 'kVA'],
    ] as const)
      expect(value(0, a, b)).toEqual({ ok: false, reason: 'kinds_differ' });
    expect(value(1, 'psig', 'psi')).toEqual({ ok: true, value: 1 });
  });
});
