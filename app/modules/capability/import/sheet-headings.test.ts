import { describe, expect, it } from 'vitest';
import { parseUnit } from '../rules/units/units.server.ts';
import { judgeTable, proposeSettings } from './judge-table.ts';

const table = (...rows: string[][]) => rows.map((cells, i) => ({ line: i + 1, cells }));
const judge = (...rows: string[][]) => {
  const lines = table(...rows);
  const { sheets, k } = proposeSettings(lines);
  return judgeTable(lines, sheets, { k, field: 'dimensional' }, parseUnit);
};

describe('headings in several lines', () => {
  const KCDB = [
    [
      'Calibration or Measurement Service',
      '',
      '',
      'Measurand Level or Range',
      '',
      '',
      'Measurement Conditions/Independent Variable',
      '',
      'Expanded Uncertainty',
      '',
      '',
      '',
      '',
      'Comments',
    ],
    [
      'Quantity',
      'Instrument or Artifact',
      'Instrument Type or Method',
      'Minimum value',
      'Maximum value',
      'Units',
      'Parameter',
      'Specifications',
      'Value',
      'Units',
      'Coverage Factor',
      'Level of Confidence',
      'Is the expanded uncertainty a relative one?',
      '',
    ],
  ];
  it('of the KCDB: ends, unit, what U is in and whether it is relative', () => {
    const { rows } = judge(
      ...KCDB,
      [
        'AC voltage',
        'AC/DC transfer standard',
        'Thermal converter',
        '1',
        '10',
        'V',
        'Frequency',
        '1 kHz',
        '20',
        'µV/V',
        '2',
        '95%',
        'Yes',
        '',
      ],
      ['DC voltage', 'Zener standard', 'Comparison', '1', '10', 'V', 'Connector', 'type N', '5', 'µV', '2', '95%', 'No', 'at 23 °C'],
    );
    expect(
      rows.map(({ text }) => [text.range_min, text.range_max, text.unit, text.parameter, text.uncertainty, text.k, text.conditions]),
    ).toEqual([
      ['1', '10', 'V', '1 kHz', 'Urel=20 µV/V', '2', undefined],
      ['1', '10', 'V', undefined, '5 µV', '2', 'at 23 °C; Connector: type N'],
    ]);
    expect(rows.map(({ status }) => status)).not.toContain('reject');
  });

  it('with ends below the range, and the unit in the heading', () => {
    const { rows, passedOver } = judge(
      ['仪器名称', '规范', '测量范围 (mm)', '', '扩展不确定度 U/μm (k=2)'],
      ['', '', '下限', '上限', ''],
      ['千分尺', 'JJG 21', '0', '25', '1.0'],
      ['千分尺', 'JJG 21', '25', '50', 'U=1.5'],
      ['千分尺', 'JJG 21', '50', '75', '1.0~2.0'],
      ['千分尺', 'JJG 21', '75', '100', '2 nm'],
    );
    expect(passedOver).toBe(0);
    expect(rows.map(({ text }) => [text.range_min, text.unit, text.uncertainty])).toEqual([
      ['0', 'mm', '1.0 μm'],
      ['25', 'mm', 'U=1.5 μm'],
      ['50', 'mm', '(1.0~2.0) μm'],
      ['75', 'mm', '2 nm'],
    ]);
    // A span of U asks how it runs.
    expect(rows.map(({ status }) => status)).toEqual(['ok', 'ok', 'review', 'ok']);
  });

  it.each<[string, string | undefined]>([
    ['Range (mm)', 'mm'],
    ['Messbereich in mm', 'mm'],
    ['测量范围/MPa', 'MPa'],
    ['Range [°C]', '°C'],
    ['Range (min)', undefined],
    ['Range (note 1)', undefined],
    ['量程（单位：kN）', 'kN'],
  ])('%s has the unit %s', (heading, unit) => {
    const { rows } = judge(['Instrument', 'Method', heading, 'Uncertainty'], ['x', 'm', '0~25', '1 %']);
    expect(rows[0]?.text.unit).toBe(unit);
  });

  it('that say all of U is relative', () => {
    const { rows } = judge(['仪器名称', '规范', '测量范围', '扩展不确定度 Urel (k=2)'], ['压力表', 'JJG 52', '(0~60) MPa', '0.3 %']);
    expect(rows[0]).toMatchObject({ status: 'ok', text: { uncertainty: 'Urel=0.3 %' } });
  });

  it('in two languages, one below the other', () => {
    const { rows } = judge(
      ['仪器名称', '测量范围', '扩展不确定度', '规范'],
      ['Instrument', 'Range', 'Expanded uncertainty (k=2)', 'Method'],
      ['千分尺', '(0~25) mm', 'U=1 μm', 'JJG 21'],
    );
    expect(rows.map(({ status, line }) => [line, status])).toEqual([[3, 'ok']]);
  });
});
