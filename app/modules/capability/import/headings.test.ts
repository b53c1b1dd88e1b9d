import { describe, expect, it } from 'vitest';
import { parseUnit } from '../rules/units/units.server.ts';
import { factorOfHeading, missingColumns, proposeMapping } from './columns.ts';
import { fieldOfHeading } from './heading-words.ts';
import { judgeTable, proposeSettings } from './judge-table.ts';

const table = (...rows: string[][]) => rows.map((cells, i) => ({ line: i + 1, cells }));
const judge = (...rows: string[][]) => {
  const lines = table(...rows);
  const { sheets, k } = proposeSettings(lines);
  return judgeTable(lines, sheets, { k, field: 'dimensional' }, parseUnit);
};

describe('headings of a form are mapped without hands', () => {
  it.each<[string, string[], string[]]>([
    [
      'UKAS',
      [
        'Measured Quantity\nInstrument or Gauge',
        'Range',
        'Calibration and Measurement Capability (CMC) Expressed as an Expanded Uncertainty (k = 2)',
        'Remarks',
        'Location Code',
      ],
      ['instrument', 'range', 'uncertainty', 'conditions', 'skip'],
    ],
    [
      'DAkkS',
      [
        'Messgröße / Kalibriergegenstand',
        'Messbereich / Messspanne',
        'Messbedingungen / Verfahren',
        'Erweiterte Messunsicherheit',
        'Bemerkungen',
      ],
      ['instrument', 'range', 'method', 'uncertainty', 'conditions'],
    ],
    [
      'DAkkS, two columns',
      [
        'Messgröße',
        'Kalibriergegenstand',
        'Messbereich, Messspanne',
        'Messbedingungen, Verfahren',
        'Kleinste angebbare Messunsicherheit',
        'Bemerkungen',
      ],
      ['measurand', 'instrument', 'range', 'method', 'uncertainty', 'conditions'],
    ],
    ['A2LA', ['Parameter/Equipment', 'Range', 'CMC², ³ (±)', 'Comments'], ['instrument', 'range', 'uncertainty', 'conditions']],
    [
      'ANAB',
      ['Parameter/Equipment', 'Range', 'Expanded Uncertainty of Measurement (+/-)', 'Reference Standard, Method, and/or Equipment'],
      ['instrument', 'range', 'uncertainty', 'method'],
    ],
    [
      'NVLAP',
      ['Measured Parameter or Device Calibrated', 'Range', 'Expanded Uncertainty (Notes 3, 5)', 'Remarks'],
      ['instrument', 'range', 'uncertainty', 'conditions'],
    ],
    [
      'PJLA',
      [
        'MEASURED INSTRUMENT, QUANTITY OR GAUGE',
        'RANGE OR NOMINAL DEVICE SIZE AS APPROPRIATE',
        'CALIBRATION AND MEASUREMENT CAPABILITY EXPRESSED AS AN UNCERTAINTY (+/-)',
        'CALIBRATION EQUIPMENT AND REFERENCE STANDARDS USED',
      ],
      ['instrument', 'range', 'uncertainty', 'method'],
    ],
    [
      'CLAS',
      ['Measured Quantity or Device', 'Range', 'Calibration and Measurement Capability (CMC)', 'Remarks'],
      ['instrument', 'range', 'uncertainty', 'conditions'],
    ],
    [
      'COFRAC',
      [
        'Objet soumis à étalonnage',
        'Caractéristique mesurée ou recherchée',
        'Étendue de mesure',
        'Incertitude élargie',
        'Référence de la méthode',
        'Principaux moyens utilisés',
      ],
      ['instrument', 'measurand', 'range', 'uncertainty', 'method', 'skip'],
    ],
    [
      'NATA',
      ['Instrument', 'Measurand', 'Range', 'Calibration and measurement capability', 'Procedure', 'Limitations'],
      ['instrument', 'measurand', 'range', 'uncertainty', 'method', 'conditions'],
    ],
    [
      'JCSS',
      ['校正手法の区分の呼称', '種類', '校正範囲', '拡張不確かさ（信頼の水準約95 %）'],
      ['method', 'instrument', 'range', 'uncertainty'],
    ],
    [
      'CNAS, old',
      ['序号', '测量仪器名称', '被测量', '规范名称及代号', '测量范围', '扩展不确定度（k=2）', '说明'],
      ['skip', 'instrument', 'measurand', 'method', 'range', 'uncertainty', 'conditions'],
    ],
    [
      'CNAS, new',
      ['序号', '测量仪器名称', '校准参量', '校准规范名称及编号（含年号）', '测量范围', '扩展不确定度\nU(k=2)', '限制说明', '状态'],
      ['skip', 'instrument', 'measurand', 'method', 'range', 'uncertainty', 'conditions', 'skip'],
    ],
    [
      'CNAS, English',
      ['No.', 'Measuring Instrument', 'Measurand', 'Calibration Method', 'Measurement Range', 'Expanded Uncertainty (k=2)', 'Note'],
      ['skip', 'instrument', 'measurand', 'method', 'range', 'uncertainty', 'conditions'],
    ],
    [
      'CNAS, both',
      [
        '№',
        '测量仪器名称\nInstrument',
        '被测量\nMeasurand',
        '规范名称及代号\nProcedure',
        '测量范围\nRange',
        '扩展不确定度(k=2)\nExpanded Uncertainty',
        '备注\nRemark',
      ],
      ['skip', 'instrument', 'measurand', 'method', 'range', 'uncertainty', 'conditions'],
    ],
    [
      'TAF',
      ['校正項目', '校正件', '量測範圍', '校正方法', '最高校正能力', '校正場所'],
      ['instrument', 'skip', 'range', 'method', 'uncertainty', 'skip'],
    ],
    [
      'HKAS',
      ['Instrument', 'Measurement', 'Range', 'CMC (k = 2)', 'Method'],
      ['instrument', 'measurand', 'range', 'uncertainty', 'method'],
    ],
    [
      'a list of equipment is none',
      ['设备名称', '型号', '制造商', '出厂编号', '价格'],
      ['instrument', 'designation', 'skip', 'skip', 'skip'],
    ],
  ])('%s', (_, headings, fields) => expect(proposeMapping([headings, headings.map(() => 'x1')]).columns).toEqual(fields));

  it.each([
    ['Measurand Level or Range: Minimum value', 'range_min'],
    ['Measurand Level or Range: Units', 'unit'],
    ['Measurand level or range - maximum value', 'range_max'],
    ['Expanded Uncertainty: Value', 'uncertainty'],
    ['Expanded Uncertainty: Units', 'uncertainty_unit'],
    ['Expanded Uncertainty / Coverage Factor', 'k'],
    ['Expanded Uncertainty: Is the expanded uncertainty a relative one?', 'uncertainty_relative'],
    ['Measurement Conditions/Independent Variable: Parameter', 'parameter_name'],
    ['Measurement Conditions/Independent Variable: Specifications', 'parameter'],
    ['Range (min)', 'range_min'],
    ['Range max.', 'range_max'],
    ['测量范围（上限）', 'range_max'],
    ['测量范围下限', 'range_min'],
    ['量程单位', 'unit'],
    ['测量范围（单位）', 'unit'],
    ['扩展不确定度（单位）', 'uncertainty_unit'],
    ['Range (mm)', 'range'],
    ['扩展不确定度（k=2）', 'uncertainty'],
    ['测量范围\nRange', 'range'],
  ])('%s is %s', (heading, field) => expect(fieldOfHeading(heading)).toBe(field));

  it.each([
    ['Range: 0~25 mm', 'skip'],
    ['U=1.0 μm', 'skip'],
    [
      '本机构校准能力的测量范围见附件，扩展不确定度为第一页所列条件下的最佳值，仅供参考，不作为任何校准证书的依据，详见认可证书附件之全部说明以及有关技术文件的规定和要求说明',
      'skip',
    ],
  ])('%s is no heading', (text, field) => expect(fieldOfHeading(text)).toBe(field));

  it.each<[string, number | null]>([
    ['扩展不确定度（k＝2）', 2],
    ['U (k ≈ 2,0)', 2],
    ['CMC, coverage factor k=3', 3],
    ['Expanded uncertainty (coverage factor of 2)', 2],
    ['U95', null],
    ['week=5', null],
  ])('%s has the factor %s', (heading, k) => expect(factorOfHeading(heading)).toBe(k));
});

describe('a long scope in parts', () => {
  it('of A2LA: titles, instruments above their ranges, other columns further down, footnotes at the end', () => {
    const { rows, passedOver } = judge(
      ['SCOPE OF ACCREDITATION TO ISO/IEC 17025:2017'],
      ['I. Dimensional'],
      ['Parameter/Equipment', 'Range', 'CMC² (±)', 'Comments'],
      ['Outside Micrometers³ –', '', '', ''],
      ['', '(0 to 1) in', '50 µin', 'Gage blocks'],
      ['', '(1 to 2) in', '60 µin', 'Gage blocks'],
      ['(A2LA Cert. No. 1234.01) 06/20/2025', '', '', 'Page 1 of 9'],
      ['', '(2 to 3) in', '70 µin', ''],
      ['II. Electrical – DC/Low Frequency', '', '', ''],
      ['Parameter/Equipment', 'Range', 'Frequency', 'CMC², ⁴ (±)', 'Comments'],
      ['AC Voltage – Generate', '(1 to 10) V', '(40 to 1000) Hz', '0.1 %', 'Fluke 5522A'],
      ['AC Voltage – Generate (cont.)', '(10 to 100) V', '1 kHz', '0.2 %', ''],
      ['¹ This laboratory offers commercial calibration service.'],
      [
        '² Calibration and Measurement Capability Uncertainty (CMC) is the smallest uncertainty of measurement that a laboratory can achieve.',
      ],
    );
    expect(rows.map(({ line, text }) => [line, text.instrument, text.field, text.range, text.parameter, text.uncertainty])).toEqual([
      [5, 'Outside Micrometers', 'dimensional', '(0 to 1) in', undefined, '50 µin'],
      [6, 'Outside Micrometers', 'dimensional', '(1 to 2) in', undefined, '60 µin'],
      [8, 'Outside Micrometers', 'dimensional', '(2 to 3) in', undefined, '70 µin'],
      [11, 'AC Voltage – Generate', 'electrical', '(1 to 10) V', '(40 to 1000) Hz', '0.1 %'],
      [12, 'AC Voltage – Generate', 'electrical', '(10 to 100) V', '1 kHz', '0.2 %'],
    ]);
    expect(passedOver).toBe(6);
  });

  it('of CNAS: numbered parts, the headings on every page', () => {
    const HEAD = ['序号', '测量仪器名称', '规范名称及代号', '测量范围', '扩展不确定度(k=2)'];
    const { rows } = judge(
      ['某实验室能力范围'],
      ['一、几何量'],
      HEAD,
      ['1', '千分尺', 'JJG 21', '(0~25) mm', 'U=1 μm'],
      ['第 1 页 共 3 页'],
      ['二、热学'],
      HEAD,
      ['2', '玻璃液体温度计', 'JJG 130', '(0~100) ℃', 'U=0.05 ℃'],
      ['注：以上为实验室最佳测量能力。'],
    );
    expect(rows.map(({ line, status, text }) => [line, status, text.field])).toEqual([
      [4, 'ok', 'dimensional'],
      [8, 'ok', 'thermal'],
    ]);
  });
});

it('missing columns are those nothing can be read without', () => {
  expect(missingColumns(proposeMapping([['Instrument', 'Range']]).columns)).toEqual(['uncertainty']);
});
