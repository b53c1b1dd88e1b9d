import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { worstAbsolute } from '../rules/uncertainty/uncertainty.ts';
import { toBase } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { namesOf } from './cell-text.ts';
import type { ColumnField } from './columns.ts';
import { type Judged, judgeRow } from './judge-row.ts';
import { judgeTable, proposeSettings } from './judge-table.ts';

const judge = (range: string, uncertainty: string, instrument = '仪器', answer?: string): Judged =>
  judgeRow(
    { instrument, method: 'JJF 1', range, uncertainty },
    { k: 2, field: 'general', ...(answer ? { answers: () => answer } : {}) },
    parseUnit,
  );
/** What a row comes to, in base units. */
const meaning = (judged: Judged) => ({
  status: judged.status,
  codes: judged.notes.map(({ code }) => code),
  rows: judged.rows.map(({ min, max, unit, uncertainty, parameters, comparisonFactor, designation }) => {
    const over = { min: toBase(min, unit), max: toBase(max, unit) };
    const nine = (value: number) => Number(value.toPrecision(9));
    return {
      ends: [nine(over.min), nine(over.max)],
      kind: unit.kind,
      u: nine(worstAbsolute(uncertainty, over).value * comparisonFactor),
      parameters: parameters.map(({ name, range: { base } }) => [name, nine(base.min), nine(base.max)]),
      designation,
    };
  }),
});

const RANGES = [
  '(0~25) mm',
  '0 mm~25 mm',
  '25~50 mm',
  '(-40~-10) ℃',
  '±(10 mV~1000 V)',
  '10 mm ≤ L ≤ 100 mm',
  'K型 (300~1200) ℃',
  '(1~10) V, 40 Hz~1 kHz',
  '(10~95) %RH',
  '(-30~20) dBm',
  '1/4 in to 1 in',
  '(0~100) psi',
  '(0.1~10) MΩ',
  '5, 10, 20 mm',
];
const US = [
  'U=1.0 μm',
  'U=0.06 μm+7×10⁻⁷L',
  'Urel=0.3 %',
  'U=(1.0~2.6) μm',
  '0.1 % rdg + 2 mV',
  'U=0.05 ℃ (k=3)',
  '23 µV/V + 1.2 µV',
  'U=0.06 %FS',
  'U=1.5 %',
  'U=1 %RH',
  '0.2 dB',
  '3 %',
  '50 µin',
  'u=0.5 μm (k=1)',
  'U=1.0 μm, k=2, p=95 %',
  '0.1 psi',
  '2 kΩ',
];
const either = (...forms: string[]) => fc.constantFrom(...forms);

describe('a row means the same', () => {
  const wide = (text: string) => text.replace(/[0-9A-Za-z()~=+%.,]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  it.each([
    ['in full width', wide],
    ['with wave dashes', (text: string) => text.replaceAll('~', '～')],
    ['with spaces about its signs', (text: string) => text.replace(/([~+=])/g, ' $1 ').replace(/< {2}=/g, '<=')],
    ['with no-break and thin spaces', (text: string) => text.replaceAll(' ', '\u00a0')],
    ['with the other mu, ohm and degree', (text: string) => text.replaceAll('μ', 'µ').replaceAll('Ω', '\u2126').replaceAll('℃', '°C')],
    ['with a true minus', (text: string) => text.replaceAll('-', '−')],
    ['with spaces around it', (text: string) => `  ${text}  `],
  ])('%s', (_, write) => {
    fc.assert(
      fc.property(either(...RANGES), either(...US), (range, u) => {
        expect(meaning(judge(write(range), write(u)))).toEqual(meaning(judge(range, u)));
      }),
    );
  });

  it('in a larger or a smaller unit', () => {
    const scales: [string, number][] = [
      ['m', 1],
      ['mm', 1e3],
      ['μm', 1e6],
      ['cm', 1e2],
      ['km', 1e-3],
    ];
    const value = fc.integer({ min: 1, max: 9999 }).map((n) => n / 8);
    fc.assert(
      fc.property(value, value, value, fc.constantFrom(...scales), fc.constantFrom(...scales), (min, width, u, [a, x], [b, y]) => {
        const one = meaning(judge(`(${min}~${min + width}) m`, `U=${u} mm`));
        const other = meaning(judge(`(${min * x}~${(min + width) * x}) ${a}`, `U=${(u / 1000) * y} ${b}`));
        expect(other.rows).toEqual(one.rows);
      }),
    );
  });
});

const PIECES = [
  '(',
  ')',
  '[',
  ']',
  '0',
  '25',
  '0.5',
  '1,000',
  '0,5',
  '~',
  ' to ',
  ' - ',
  '-',
  '—',
  'mm',
  ' V',
  '℃',
  '%',
  '%RH',
  ' dBm',
  'HRC',
  '±',
  'Up to ',
  '≤',
  '<L≤',
  'φ',
  'K型 ',
  'E2 ',
  'U=',
  'Urel=',
  'u=',
  'U99=',
  'Q[',
  '+',
  '×10⁻⁶',
  '×10-6',
  'L',
  '|t|',
  ' rdg',
  ' FS',
  ' of range',
  ',',
  ';',
  ' @ ',
  ' at ',
  '1 kHz',
  'g',
  '"',
  'K',
  '(k=2)',
  ', k=3',
  ' L in m',
  '/',
  '1/2',
  'bis ',
  'von ',
  '{}',
  '{pp}',
  '…',
  '以下',
];

describe('whatever is written', () => {
  it('a row without a question has a U above nothing, and no end without a number', () => {
    const text = fc.array(either(...PIECES), { maxLength: 9 }).map((parts) => parts.join(''));
    const met = new Set<string>();
    fc.assert(
      fc.property(
        fc.oneof(text, either(...RANGES)),
        fc.oneof(text, either(...US)),
        either('仪器', '温湿度计', 'Accelerometer', 'Caliper'),
        either('', 'reading', 'worst', 'normal'),
        (range, u, instrument, answer) => {
          const judged = judge(range, u, instrument, answer || undefined);
          met.add(judged.status);
          if (judged.status === 'reject') expect(judged.rows).toEqual([]);
          for (const { min, max, unit, uncertainty, comparisonFactor } of judged.rows) {
            expect(Number.isFinite(min) && Number.isFinite(max) && min <= max).toBe(true);
            expect(comparisonFactor > 0).toBe(true);
            const worst = worstAbsolute(uncertainty, { min: toBase(min, unit), max: toBase(max, unit) }).value;
            if (judged.status === 'ok') expect(worst).toBeGreaterThan(0);
          }
          // Numbers of the row come from its text: none is made up of two that stand apart.
          if (judged.status === 'ok') expect(/\d/.test(range) && /\d/.test(u)).toBe(true);
        },
      ),
      { numRuns: 4000 },
    );
    // Each kind of outcome was among what was tried.
    expect([...met].sort()).toEqual(['ok', 'reject', 'review']);
  });

  it('a cell of five hundred characters is read in no time', () => {
    const filler = [
      ' ',
      '0',
      '0,',
      '1 000',
      'a',
      '中',
      '(',
      '~',
      '1 V, ',
      '5, ',
      'L',
      '%',
      ' - ',
      '×10',
      "'",
      'φ',
      'E2,',
      'K/',
      '/1',
      '·m',
      '[in_i]',
      'ft-',
      '度',
      '{',
    ];
    for (const one of filler)
      for (const [before, after] of [
        ['', ''],
        ['(0', 'x'],
        ['U=1', 'x'],
        ['U=', '!'],
        ['K型 ', ''],
        ['where L is the ', ''],
        ['k=', ' (95'],
        ['U(', '=1'],
      ]) {
        const text = `${before}${one.repeat(500)}`.slice(0, 490) + after;
        const start = performance.now();
        judge(text, 'U=1 μm');
        judge('(0~25) mm', text);
        expect(performance.now() - start, JSON.stringify(text.slice(0, 30))).toBeLessThan(250);
      }
  });

  /** ms of the quickest of three: others work on this machine too. */
  const quickest = (work: () => unknown) =>
    Math.min(
      ...[1, 2, 3].map(() => {
        const start = performance.now();
        work();
        return performance.now() - start;
      }),
    );
  const sheetOf = (columns: ColumnField[]) => ({ name: '', read: true, mapping: { headings: 0, columns } });
  const settings = { k: 2, field: 'general' } as const;

  it('a cell too long to be read costs no more than saying so', () => {
    const set = sheetOf(['instrument', 'method', 'range', 'uncertainty', 'measurand']);
    const head = { line: 1, cells: ['仪器', '方法', '范围', 'U', '参数'] };
    for (const filler of [' ', '\n', ' \n', '- ', '(续', '⁰', '中⁰,', '1 ', '1,', '0,1', '1.000', '\u00a0', 'k=', '第 '])
      for (const after of ['x', '1', '\n1', '!'])
        for (let column = 0; column < 5; column += 1) {
          const cells = ['千分尺', 'JJG 21', '(0~25) mm', 'U=1 μm', '示值'];
          cells[column] = `中${filler.repeat(4000).slice(0, 3998)}${after}`;
          const table = [head, { line: 2, cells }];
          const ms = quickest(() => judgeTable(table, [set], settings, parseUnit)) + quickest(() => proposeSettings(table));
          expect(ms, `${column} ${JSON.stringify(filler)} ${after}`).toBeLessThan(50);
          const [row] = judgeTable(table, [set], settings, parseUnit).rows;
          expect(row?.notes.map(({ code }) => code)).toContain('text_too_long');
          // It is kept as it stands, for the file of what was not taken.
          expect(Object.values(row?.text ?? {})).toContain(cells[column]);
        }
    const typed = { instrument: `a${' '.repeat(60_000)}b`, method: 'JJG 21', range: '(0~25) mm', uncertainty: 'U=1 μm' };
    expect(judgeRow(namesOf(typed), settings, parseUnit).status).toBe('reject');
    expect(quickest(() => judgeRow(namesOf(typed), settings, parseUnit))).toBeLessThan(50);
  }, 60_000);

  it('nor does one as long as it may be, below headings that name a unit', () => {
    const set = sheetOf(['instrument', 'method', 'range', 'uncertainty', 'parameter']);
    const head = { line: 1, cells: ['仪器', '方法', '范围 (mm)', 'U (μm)', '频率 (Hz)'] };
    for (const filler of [' ', '1 ', '\n', ' \n', '\u00a0', '(', '1e', '1,', '± '])
      for (const before of ['', 'U=', '±', '1', '中'])
        for (let column = 0; column < 5; column += 1) {
          const cells = ['千分尺', 'JJG 21', '(0~25)', '1', '50'];
          cells[column] = `${before}${filler.repeat(500).slice(0, 480)}!`;
          const ms = quickest(() => judgeTable([head, { line: 2, cells }], [set], settings, parseUnit));
          expect(ms, `${column} ${JSON.stringify(before + filler)}`).toBeLessThan(50);
        }
  }, 60_000);

  it('half a letter is named, never stored as another', () => {
    for (const cell of ['\ud800', '千分尺\udc00', 'a\ud83d'])
      expect(judge('(0~25) mm', 'U=1 μm', cell).notes.map(({ code }) => code)).toEqual(['bad_character']);
    expect(judge('(0~25) mm', 'U=1 μm', '𠮷野家').status).toBe('ok');
  });
});
