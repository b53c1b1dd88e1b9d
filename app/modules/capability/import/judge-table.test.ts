import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseUnit } from '../rules/units/units.server.ts';
import { missingColumns, proposeMapping } from './columns.ts';
import { fieldOfHeading } from './heading-words.ts';
import { judgeTable, proposeSettings, type TableRow } from './judge-table.ts';

const table = (...rows: string[][]): TableRow[] => rows.map((cells, i) => ({ line: i + 1, cells }));
const judge = (rows: TableRow[]) => {
  const { sheets, k } = proposeSettings(rows);
  return judgeTable(rows, sheets, { k, field: 'dimensional' }, parseUnit);
};
const CNAS = ['序号', '测量仪器名称', '被测量', '规范名称及代号', '测量范围', '扩展不确定度(k=2)', '说明'];
const row = (...cells: string[]) => ['1', ...cells];

describe('a file of varied rows', () => {
  const lines = readFileSync(join(import.meta.dirname, 'varied-rows.tsv'), 'utf8')
    .trimEnd()
    .split('\n');
  it('has at least a hundred and fifty', () => expect(lines.length).toBeGreaterThanOrEqual(150));

  it.each(lines.map((line, i) => [i + 1, ...line.split('\t')] as [number, ...string[]]))('line %i: %s %s %s %s %s → %s', (_, ...cells) => {
    const [instrument, measurand, method, range, uncertainty, expected] = cells as [string, string, string, string, string, string];
    const { rows } = judge(table(CNAS, row(instrument, measurand, method, range, uncertainty)));
    const [judged] = rows;
    const said =
      judged?.status === 'ok'
        ? `ok ${judged.rows[0]!.uncertainty.form} ${judged.rows[0]!.min} ${judged.rows[0]!.max} ${judged.rows[0]!.unit.code}`
        : `${judged?.status} ${judged?.notes.map((note) => note.code).join(' ')}`;
    expect(said).toBe(expected);
  });
});

describe('columns', () => {
  it.each([
    ['测量仪器名称', 'instrument'],
    ['扩展不确定度（k=2）', 'uncertainty'],
    ['Expanded Uncertainty of Measurement (+/-)', 'uncertainty'],
    ['CMC² (±)', 'uncertainty'],
    ['Parameter/Equipment', 'instrument'],
    ['Range', 'range'],
    ['Comments', 'conditions'],
    ['说 明', 'conditions'],
    ['价格', 'skip'],
    ['', 'skip'],
  ])('%s means %s', (heading, field) => expect(fieldOfHeading(heading)).toBe(field));

  it('are found below a title, each meaning once', () => {
    const rows = [
      ['某某实验室校准能力表', '', ''],
      ['', '', ''],
      ['仪器名称', '名称', '测量范围', '不确定度'],
      ['外径千分尺', '', '(0~25) mm', 'U=1 μm'],
    ];
    expect(proposeMapping(rows)).toEqual({ headings: 2, columns: ['instrument', 'skip', 'range', 'uncertainty'] });
  });

  it('say what is still missing', () => {
    expect(missingColumns(['instrument', 'skip'])).toEqual(['range', 'uncertainty']);
    expect(missingColumns(['instrument_en', 'range_min', 'range_max', 'uncertainty'])).toEqual([]);
  });
});

describe('a table', () => {
  it('in the CNAS form: merged cells, k from the heading, repeated headings and titles passed over', () => {
    const judged = judge(
      table(
        ['测试实验室能力范围'],
        CNAS,
        row('外径千分尺', '示值误差', 'JJG 21-2008', '(0~25) mm', 'U=1.0 μm', '只校准数显'),
        row('', '', '', '(25~100) mm', 'U=1.5 μm'),
        CNAS,
        row('内径千分尺', '', '', '(50~500) mm', 'U=2 μm'),
      ),
    );
    expect(judged.passedOver).toBe(1);
    expect(
      judged.rows.map(({ line, status, rows }) => [line, status, rows[0]?.instrumentZh, rows[0]?.measurandZh, rows[0]?.method]),
    ).toEqual([
      [3, 'ok', '外径千分尺', '示值误差', 'JJG 21-2008'],
      [4, 'ok', '外径千分尺', '示值误差', 'JJG 21-2008'],
      // Another instrument takes nothing over from the one above.
      [6, 'review', '内径千分尺', '', ''],
    ]);
    expect(judged.rows[0]?.rows[0]).toMatchObject({ k: 2, conditionsZh: '只校准数显' });
  });

  it('in the A2LA form: the instrument above its ranges, a frequency of its own, comments', () => {
    const judged = judge(
      table(
        ['I. Dimensional'],
        ['Parameter/Equipment', 'Range', 'Frequency', 'CMC² (±)', 'Comments'],
        ['AC Voltage – Measure', '', '', '', ''],
        ['', '(1 to 10) V', '(40 Hz to 1 kHz)', '0.02 % of reading', 'Fluke 8508A'],
        ['', '(10 to 100) V', '1 kHz to 10 kHz', '0.05 %', ''],
      ),
    );
    expect(judged.passedOver).toBe(1);
    expect(judged.rows.map(({ line, rows }) => [line, rows[0]?.instrumentZh, rows[0]?.min, rows[0]?.parameters[0]?.range.max])).toEqual([
      [4, 'AC Voltage – Measure', 1, 1],
      [5, 'AC Voltage – Measure', 10, 10],
    ]);
  });

  it('with two ends in two columns, and a unit in a third', () => {
    const judged = judge(
      table(['仪器名称', '下限', '上限', '单位', '不确定度', 'k'], ['压力表', '-0.1', '60', 'MPa', 'U=0.06 %FS', '2.1']),
    );
    expect(judged.rows[0]).toMatchObject({ status: 'review', rows: [{ min: -0.1, max: 60, unit: { code: 'MPa' }, k: 2.1 }] });
  });

  it('with several ends one below the other, or a dash for no second parameter', () => {
    const judged = judge(
      table(
        ['仪器名称', '规范', '下限', '上限', '单位', '频率', '不确定度'],
        ['压力表', 'JJG 52', '0\n60', '60\n100', 'MPa', '—', 'U=0.1 MPa\nU=0.2 MPa'],
        ['压力表', 'JJG 52', '0\n60', '60', 'MPa', '', 'U=0.1 MPa'],
      ),
    );
    expect(judged.rows[0]?.rows.map(({ min, max, uncertaintyText }) => [min, max, uncertaintyText])).toEqual([
      [0, 60, 'U=0.1 MPa'],
      [60, 100, 'U=0.2 MPa'],
    ]);
    expect(judged.rows[1]).toMatchObject({ status: 'reject', notes: [{ code: 'lines_differ', found: '2 / 1' }] });
  });

  it('with several lines in a cell: as many rows, or one uncertainty for all', () => {
    const lines = judge(
      table(
        CNAS,
        row('千分尺', '示值误差', 'JJG 21', '(0~25) mm\n(25~50) mm', 'U=1 μm\nU=2 μm'),
        row('卡尺', '示值误差', 'JJG 30', '(0~150) mm\n(150~300) mm', 'U=10 μm'),
      ),
    );
    expect(lines.rows.map((judged) => judged.rows.map(({ min, uncertaintyText }) => [min, uncertaintyText]))).toEqual([
      [
        [0, 'U=1 μm'],
        [25, 'U=2 μm'],
      ],
      [
        [0, 'U=10 μm'],
        [150, 'U=10 μm'],
      ],
    ]);
    const uneven = judge(table(CNAS, row('千分尺', '示值误差', 'JJG 21', '(0~25) mm\n(25~50) mm\n(50~75) mm', 'U=1 μm\nU=2 μm')));
    expect(uneven.rows[0]).toMatchObject({ status: 'reject', rows: [], notes: [{ code: 'lines_differ', found: '3 / 2' }] });
  });

  it('names the line a row repeats or overlaps with another U', () => {
    const judged = judge(
      table(
        CNAS,
        row('千分尺', '示值误差', 'JJG 21', '(0~25) mm', 'U=1 μm'),
        row('千分尺', '示值误差', 'JJG 21', '(20~50) mm', 'U=2 μm'),
        row('千分尺', '示值误差', 'JJG 21', '(0~25) mm', 'U=1 μm'),
        row('千分尺', '示值误差', 'JJG 21', '(50~75) mm', 'U=3 μm'),
      ),
    );
    expect(judged.rows.map(({ status, notes }) => [status, notes[0]?.code, notes[0]?.found])).toEqual([
      ['ok', undefined, undefined],
      ['review', 'overlaps_line', '2'],
      ['review', 'repeats_line', '2'],
      ['ok', undefined, undefined],
    ]);
  });

  it('looks at a cell of spaces once, not from every one of them to every other', () => {
    const spaces = ' '.repeat(480);
    const rows = ['U=1', 'U', 'k', '(', 'U(rel'].flatMap((text) =>
      Array.from({ length: 400 }, () => row('千分尺', '示值误差', 'JJG 21', `(0${spaces}`, `${text}${spaces}x`)),
    );
    const judged = judge(table(CNAS, ...rows, row('千分尺', '示值误差', 'JJG 21', '(0~25) mm', `U=1${' '.repeat(4000)}x`)));
    expect(judged.rows.every(({ status }) => status === 'reject')).toBe(true);
    expect(judged.rows.at(-1)?.notes[0]?.code).toBe('text_too_long');
  });

  it('refuses texts no scope has, and shows them tamed', () => {
    const judged = judge(
      table(
        CNAS,
        row('千\u202e分尺', '示值误差', 'JJG 21', '(0~25) mm', 'U=1 μm'),
        row('尺'.repeat(200), '示值误差', 'JJG 21', '(0~25) mm', 'U=1 μm'),
      ),
    );
    expect(judged.rows.map(({ status, notes }) => [status, notes[0]?.code])).toEqual([
      ['reject', 'bad_character'],
      ['reject', 'text_too_long'],
    ]);
    expect(judged.rows[0]?.notes[0]?.found).toBe('千▯分尺');
  });

  it('is answered once for the file, or for a row apart, and what is chosen is what is read', () => {
    const rows = table(
      CNAS,
      row('测力仪', '力值', 'JJG 455', '(1~10) kN', 'U=0.3 %'),
      row('力传感器', '力值', 'JJG 391', '(10~100) kN', 'U=0.1 %'),
      row('温度计', '示值误差', '', '(32~212) F', 'U=0.5 F'),
      row('千分尺', '示值误差', 'JJG 21', '(0~100) mm', 'U=1 μm+5L'),
    );
    const { sheets, k } = proposeSettings(rows);
    const read = (answers: Record<string, string>, of: Record<string, Record<string, string>> = {}) =>
      judgeTable(rows, sheets, { k, field: 'general' }, parseUnit, {
        answers,
        rows: Object.fromEntries(Object.entries(of).map(([key, own]) => [key, { answers: own }])),
        fills: [],
      }).rows;
    const asked = read({});
    expect(asked.map(({ status }) => status)).toEqual(['review', 'review', 'review', 'reject']);
    const keys = asked.map(({ notes }) => notes.map((note) => note.question?.key));
    expect(keys[0]).toEqual(keys[1]);
    expect(keys[3]).toEqual(['variable_unit|L']);
    const [percent = ''] = keys[0] as string[];
    const whole = Object.fromEntries(asked.flatMap(({ notes }) => notes.map((note) => [note.question!.key, note.question!.choices[0]!])));
    const decided = read({ ...whole, [percent]: 'span', 'variable_unit|L': 'unit:m' }, { '0:3': { [percent]: 'reading' } });
    expect(decided.map(({ status }) => status)).toEqual(['ok', 'ok', 'ok', 'ok']);
    expect(decided.map(({ rows: [one] }) => one!.uncertainty)).toMatchObject([
      { form: 'constant', a: { value: 0.03, unit: 'kN' } },
      { form: 'relative', b: { value: 0.1, unit: '%' } },
      { form: 'constant', a: { value: 0.5, unit: '[degF]' } },
      { form: 'sum', a: { value: 1, unit: 'um' }, b: { value: 5, unit: 'um/m' } },
    ]);
    expect(decided[2]!.decided.map(({ answer }) => answer)).toEqual(['yes', 'unit:[degF]']);
  });
});

describe('lines in a range', () => {
  const of = (range: string, uncertainty: string) => judge(table(CNAS, row('交流电压', '电压', 'JJF 1', range, uncertainty))).rows[0]!;
  it('of another quantity are what the range holds for, not a range', () => {
    const { status, rows } = of('20 mV to 2 V\n40 Hz to 20 kHz', 'Urel=0.012 %');
    expect(status).toBe('ok');
    expect(rows.map(({ min, max, unit, parameters }) => [min, max, unit.code, parameters.map(({ name }) => name)])).toEqual([
      [0.02, 2, 'V', ['frequency']],
    ]);
  });
  it('of the same quantity are ranges; and so are those with a U each', () => {
    expect(of('(1~10) V\n(10~100) V', 'Urel=0.1 %').rows).toHaveLength(2);
    expect(of('(1~10) V\n(40~100) Hz', 'U=1 mV\nU=0.1 Hz').rows.map(({ unit }) => unit.code)).toEqual(['V', 'Hz']);
  });
});

describe('a level of confidence in a column of its own', () => {
  const of = (level: string, k = '') =>
    judge(
      table(
        ['Instrument', 'Method', 'Range', 'Uncertainty', 'Level of Confidence', 'k'],
        ['Caliper', 'JJG 30', '0 to 150 mm', '20 µm', level, k],
      ),
    ).rows[0]!;
  it('is read with k, and asked about without', () => {
    for (const level of ['95%', '95 %', '95', '0.95']) expect(of(level).rows[0]).toMatchObject({ confidence: 0.95, comparisonFactor: 1 });
    expect(of('99 %').notes.map(({ code }) => code)).toContain('k_of_level');
    expect(of('99.73 %', '3').rows[0]).toMatchObject({ k: 3, confidence: 0.9973, comparisonFactor: 2 / 3 });
    expect(of('high')).toMatchObject({ status: 'reject', notes: [{ code: 'k_unreadable', column: 'confidence' }] });
  });
});
