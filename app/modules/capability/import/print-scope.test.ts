import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declaredRange, type SecondParameter } from '../rules/capability.ts';
import { parameterNameOf } from '../rules/parameters.ts';
import { type SimpleUncertainty, type Term, type Uncertainty, worstAbsolute } from '../rules/uncertainty/uncertainty.ts';
import { differenceToBase, isLevel, RATIO_KIND, toBase, type Unit } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { valuesOf } from './compare-scope.ts';
import type { ScopeRow } from './judge-row.ts';
import { judgeTable, proposeSettings } from './judge-table.ts';
import { printScope } from './print-scope.server.ts';
import { readFile } from './read-file.server.ts';

function unit(text: string): Unit {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(text);
  return found.unit;
}

/** Ranges' units with units of their uncertainties; signs with two meanings, scales without shares, ratios, marks. */
const UNITS: [of: string, u: string[]][] = [
  ['mm', ['um', 'nm', 'u[in_i]', 'mm']],
  ['[in_i]', ['u[in_i]', 'mm']],
  ["''", ["''"]],
  ['deg', ["''", "'", 'deg']],
  ['Cel', ['Cel', 'K', '[degF]']],
  ['K', ['mK', 'K']],
  ['kN', ['N', 'kN']],
  ['T', ['mT']],
  ['g', ['mg', 'g']],
  ['V', ['mV', 'uV']],
  ['MV', ['kV', 'MV']],
  ['F', ['uF', 'F']],
  ['S', ['mS', 'S']],
  ['MPa', ['kPa', '[psi]']],
  ['[psi]{absolute}', ['[psi]', 'Pa']],
  ['bar{gauge}', ['mbar', 'bar{gauge}']],
  ['V{pp}', ['mV', 'mV{pp}']],
  ['mL/min{standard}', ['mL/min']],
  ['m3/h{normal}', ['m3/h', 'L/h']],
  ['dB[mW]', ['dB']],
  ['dB', ['dB']],
  ['%RH', ['%RH']],
  ['HRC', ['HRC']],
  ['HBW', ['HBW']],
  ['pH', ['pH']],
  ['%LEL', ['%LEL']],
  ['%', ['%', '[ppm]']],
  ['[ppm]', ['%', '[ppm]', '[ppb]']],
  ['%vol', ['%vol']],
  ['1', ['1', '%']],
  ['um/m', ['um/m', '%']],
  ['r/min', ['r/min', 'Hz']],
  ['[lbf_av].[in_i]', ['N.m']],
  ["[in_i'H2O]", ['Pa', "[in_i'H2O]"]],
  ['kW.h', ['W.h']],
  ['kvar', ['var']],
  ['mPa.s', ['mPa.s']],
  ['uS/cm', ['uS/cm']],
  ['°Bé', ['°Bé']],
];
const number = fc.oneof(fc.double({ min: 1e-9, max: 1e6, noNaN: true }), fc.constantFrom(0.06, 1, 2.6, 7e-7, 1e-21, 123456.789));
const signed = fc.oneof(
  number,
  number.map((value) => -value),
  fc.constant(0),
);
const of = (value: number, code: string): Term => ({ value, unit: code, base: differenceToBase(value, unit(code)) });
const point = (value: number, code: string): Term => ({ value, unit: code, base: toBase(value, unit(code)) });
const ordered = fc.tuple(signed, number).map(([min, width]) => ({ min, max: Math.max(min + width, min) }));

function forms(range: Unit, codes: string[]): fc.Arbitrary<SimpleUncertainty> {
  const origin = range.offset === 0 ? {} : { origin: range.offset };
  const a = fc.tuple(number, fc.constantFrom(...codes)).map(([value, code]) => of(value, code));
  const b = fc.tuple(number, fc.constantFrom('1', '%', '[ppm]', 'um/m')).map(([value, code]) => of(value, code));
  const own =
    range.kind === RATIO_KIND || isLevel(range) || range.kind.startsWith('scale:')
      ? []
      : [number.map((value) => ({ form: 'constant' as const, a: of(value, '%') }))];
  return fc.oneof(
    a.map((term) => ({ form: 'constant' as const, a: term })),
    b.map((slope) => ({ form: 'relative' as const, b: slope, ...origin })),
    fc.tuple(a, b).map(([term, slope]) => ({ form: 'sum' as const, a: term, b: slope, ...origin })),
    fc.tuple(a, b).map(([term, slope]) => ({ form: 'quadrature' as const, a: term, b: slope, ...origin })),
    ...(isLevel(range)
      ? []
      : [
          fc.tuple(b, number).map(([slope, span]) => ({ form: 'full_scale' as const, b: slope, span: of(span, range.code) })),
          fc.tuple(b, number, a).map(([slope, span, floor]) => ({
            form: 'full_scale' as const,
            b: slope,
            span: of(span, range.code),
            floor,
          })),
        ]),
    fc.tuple(a, a, signed, fc.integer({ min: 1, max: 1000 })).map(([u1, u2, x, width]) => ({
      form: 'interpolated' as const,
      x1: point(x, range.code),
      x2: point(x + width * Math.max(1, Math.abs(x)), range.code),
      u1,
      u2,
    })),
    ...own,
  );
}

const second: fc.Arbitrary<SecondParameter> = fc
  .tuple(fc.constantFrom('Hz', 'kHz', 'Cel', '%RH', 'kPa', 'MV', 'g', 's'), ordered)
  .map(([code, { min, max }]) => ({
    name: parameterNameOf(unit(code).kind)!,
    range: declaredRange(min, max, unit(code))!,
  }));

const row: fc.Arbitrary<ScopeRow> = fc.constantFrom(...UNITS).chain(([code, codes]) => {
  const range = unit(code);
  const cell = fc.tuple(forms(range, codes), ordered).map(([uncertainty, { min, max }]) => ({
    when: [{ parameter: 'frequency', min: toBase(min, unit('kHz')), max: toBase(max, unit('kHz')), declared: { min, max, unit: 'kHz' } }],
    uncertainty,
  }));
  const form: fc.Arbitrary<Uncertainty> = fc.oneof(
    { weight: 4, arbitrary: forms(range, codes) },
    { weight: 1, arbitrary: fc.array(cell, { minLength: 1, maxLength: 3 }).map((cells) => ({ form: 'table' as const, cells })) },
  );
  const coverage = fc.constantFrom(
    { k: 2, confidence: null, comparisonFactor: 1 },
    { k: 2, confidence: 0.95, comparisonFactor: 1 },
    { k: 1, confidence: null, comparisonFactor: 2 },
    { k: 3, confidence: 0.9973, comparisonFactor: 2 / 3 },
    { k: 2.31, confidence: 0.95, comparisonFactor: 1 },
    { k: 2.58, confidence: null, comparisonFactor: 2 / 2.58 },
    { k: 2.576, confidence: 0.99, comparisonFactor: 1 },
    { k: Math.sqrt(3), confidence: null, comparisonFactor: 0.95 },
    { k: 1.73, confidence: null, comparisonFactor: 2 / 1.73 },
    { k: 1.65, confidence: 0.95, comparisonFactor: 1 },
  );
  return fc
    .record({
      range: fc.oneof(
        ordered,
        signed.filter((min) => min !== 0).map((min) => ({ min, max: min })),
      ),
      uncertainty: form,
      coverage,
      instrumentZh: fc.constantFrom(
        '千分尺',
        '温湿度计',
        '加速度计',
        '绝压变送器',
        '电阻箱',
        '测力仪',
        '天平',
        '流量计',
        'Caliper',
        'Torque wrench',
        '秒表',
        '仪器',
      ),
      parameters: fc.uniqueArray(second, { maxLength: 2, selector: ({ name }) => name }),
      designation: fc.constantFrom('', 'K型', 'E2 等级', 'Pt100', 'Ra', 'outside', 'M2~M100'),
      uncertaintyText: fc.constantFrom('', 'U=1 μm', 'u=0.5 %', 'U99=(1~2) mm', '3 %', '0,5 mm', '见附表'),
    })
    .map(({ range: { min, max }, coverage: stated, ...rest }) => ({
      field: 'dimensional' as const,
      instrumentEn: '',
      measurandZh: '示值误差',
      measurandEn: '',
      method: 'JJF 1-2020',
      min,
      max,
      unit: range,
      conditionsZh: '',
      conditionsEn: '',
      ...stated,
      ...rest,
      parameters: rest.parameters.filter(({ range: { unit: own } }) => own.kind !== range.kind),
    }))
    .filter(({ uncertainty, min, max }) => worstAbsolute(uncertainty, { min: toBase(min, range), max: toBase(max, range) }).value > 0);
});

describe('a printed scope', () => {
  it('is read back without a question as the same rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
        const file = await readFile(Buffer.from(printScope(rows.map((one) => valuesOf(one, null)))));
        if (!file.ok) throw new Error(file.reason);
        const { sheets, k } = proposeSettings(file.rows);
        const judged = judgeTable(file.rows, sheets, { k, field: 'general' }, parseUnit).rows;
        expect(judged.length, file.rows.map((line) => line.cells.join('|')).join('\n')).toBe(rows.length);
        for (const [i, one] of rows.entries()) {
          const codes = judged[i]!.notes.map((note) => `${note.code} ${note.found}`);
          const doubts = codes.filter((code) => !/^(?:uncertainty_large|repeats_line|overlaps_line)/.test(code));
          expect(doubts, JSON.stringify(judged[i]!.text)).toEqual([]);
          const { uncertaintyText: _, ...read } = judged[i]!.rows[0]!;
          const { uncertaintyText: __, ...written } = one;
          expect(read).toEqual(written);
        }
      }),
      { numRuns: 300 },
    );
  });
});
