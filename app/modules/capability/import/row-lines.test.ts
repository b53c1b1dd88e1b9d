import { describe, expect, it } from 'vitest';
import { evaluate } from '../rules/uncertainty/uncertainty.ts';
import { fromBase, toBase } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { judgeRow, type RowText } from './judge-row.ts';

const judge = (text: RowText, answers: Record<string, string> = {}) =>
  judgeRow({ instrument: 'Instrument', method: 'M 1', ...text }, { k: 2, field: 'general', answers: (key) => answers[key] }, parseUnit);

/** `1..33 mV, 10..45 Hz: 0.0385@33`: ends, conditions, and U in the range's unit at the upper end. */
const said = (text: RowText, answers?: Record<string, string>) => {
  const { status, rows, notes } = judge(text, answers);
  const read = rows.map(({ min, max, unit, parameters, uncertainty }) => {
    const beside = parameters.map(({ range }) => `, ${range.min}..${range.max} ${range.unit.code}`).join('');
    const u = Number(fromBase(evaluate(uncertainty, toBase(max, unit)) + unit.offset, unit).toPrecision(6));
    return `${min}..${max} ${unit.code}${beside}: ${u}`;
  });
  return [status, ...notes.map(({ code }) => code), ...read];
};

describe('the lines of a cell', () => {
  it('pairs conditions of one range with their uncertainties', () => {
    const range = '(1 to 33) mV';
    const parameter = '(10 to 45) Hz\n45 Hz to 10 kHz';
    expect(said({ range, parameter, uncertainty: '0.95 mV/V + 7.1 µV\n0.18 mV/V + 7.1 µV' })).toEqual([
      'ok',
      '1..33 mV, 10..45 Hz: 0.03845',
      '1..33 mV, 0.045..10 kHz: 0.01304',
    ]);
    expect(said({ range, parameter, uncertainty: '1 µV\n2 µV\n3 µV' })).toEqual(['reject', 'lines_differ']);
    expect(said({ range: `${range}\n40 Hz to 1 kHz\n1 kHz to 10 kHz`, uncertainty: '1 µV\n2 µV' })).toEqual([
      'ok',
      '1..33 mV, 0.04..1 kHz: 0.001',
      '1..33 mV, 1..10 kHz: 0.002',
    ]);
  });

  it('makes one table of uncertainties that say what they hold for', () => {
    const [row] = judge({ range: '1 V to 10 V', uncertainty: '0.1 % (40 Hz~1 kHz)\n0.2 % (1 kHz~10 kHz)' }).rows;
    expect(row?.uncertainty.form).toBe('table');
    expect(said({ range: '1 V to 10 V', uncertainty: '0.1 %\n0.2 %' })).toEqual(['reject', 'lines_differ']);
  });

  it.each<[string, string[]]>([
    ['Simple pitch diameter\n1.5 mm to 100 mm', ['review', 'words_as_condition', '1.5..100 mm: 0.0028']],
    ['10 mm bis\n25 mm', ['ok', '10..25 mm: 0.0028']],
    ['Low\nHigh', ['reject', 'lines_differ']],
  ])('joins %j', (range, expected) => {
    const uncertainty = range.startsWith('Low') ? '1 µm\n2 µm\n3 µm' : '2.8 µm';
    expect(said({ range, uncertainty })).toEqual(expected);
  });
});

describe('what stands in one range', () => {
  it.each<[string, string, string, string[]]>([
    ['示波器', 'DC~500MHz', 'Urel=3%', ['ok', '0..500 MHz: 15']],
    ['示波器', '1mV/div~5V/div', 'Urel=1%', ['ok', '0.001..5 V{div}: 0.05']],
    ['示波器', '1mV/div~5V/div', 'U=1 mV', ['reject', 'uncertainty_kind_differs']],
    ['直角尺', '至500mm', 'U=3.5 μm', ['review', 'lower_bound_assumed', '0..500 mm: 0.0035']],
    ['螺纹塞规', 'M1～M100', 'U=2.5μm', ['review', 'thread_size', '1..100 mm: 0.0025']],
    ['砝码', 'M1～M3', 'U=2.5mg', ['reject', 'range_number_expected']],
    ['Thread gages', '4-80 UNF to 6-4 UNC', '92 µin', ['reject', 'range_unit_unknown']],
    ['电流互感器', '(5~1000)A/5A', 'Urel=0.02%', ['review', 'words_as_condition', '5..1000 A: 0.2']],
    ['电能表', '3×(57.7~380)V', 'Urel=0.03%', ['review', 'words_as_condition', '57.7..380 V: 0.114']],
    ['Optical comparator, magnification', '10X to 100X', '0.05 % of reading', ['review', 'unit_sign', '10..100 1: 0.05']],
    ['Vickers', '150 HV10 to 900 HV10', '5 HV', ['ok', '150..900 HV: 5']],
    ['Vickers', '150 HV10 to 900 HV30', '5 HV', ['reject', 'range_unexpected_text']],
    ['Dew point', '-60 °C dp to -20 °C dp', '0.25 °C', ['ok', '-60..-20 Cel: 0.25']],
    ['Feuchte', '30 % r.F. bis 90 % r.F.', '1 % r.F.', ['ok', '30..90 %RH: 1']],
    ['Levels', 'Up to 12 in', '0.0003 in/ft', ['review', 'lower_bound_assumed', 'percent_without_rel', '0..12 [in_i]: 0.000984252']],
    ['Accelerometers – Sensitivity', '(10 to 2000) Hz', '1.4 %', ['review', 'percent_without_rel', '10..2000 Hz: 0.014']],
    ['角度仪', '(0~90)度', 'U=1′', ['review', 'unit_sign', '0..90 deg: 0.0166667']],
  ])('%s | %s | %s', (instrument, range, uncertainty, expected) => {
    expect(said({ instrument, range, uncertainty })).toEqual(expected);
  });

  it('asks by which measure of a size U runs, and takes a diagonal for no side', () => {
    const text = { range: '160 mm × 100 mm to 2 500 mm × 1 600 mm', uncertainty: '(0.8 + 1.2 × diagonal in m) µm' };
    expect(said(text)).toEqual(['reject', 'size_by_sides']);
    expect(said(text, { 'size_by_sides|×': 'longest' })).toEqual(['reject', 'uncertainty_undefined_variable']);
    expect(judge(text, { 'size_by_sides|×': 'diagonal' }).rows[0]?.max).toBeCloseTo(Math.hypot(2500, 1600), 9);
  });
});

describe('an uncertainty in words', () => {
  it.each<[string, string, string | undefined, string[]]>([
    ['50 mm to 100 mm', '0.08 + (1.0 × length in m) µm', undefined, ['ok', '50..100 mm: 0.00018']],
    ['20 µm to 2 mm', '(1.0 + 0.005 × thickness in µm) µm', undefined, ['ok', '0.02..2 mm: 0.011']],
    ['25 mm to 100 mm', '(0.06 + 0.9L) µm', 'L in m', ['ok', '25..100 mm: 0.00015']],
    ['0 mm to 200 mm', '(0.8+L/200) µm', 'L：mm', ['ok', '0..200 mm: 0.0018']],
    ['0 mm to 200 mm', '(0.8 + 2L) µm', undefined, ['reject', 'variable_unit']],
    ['0 m to 50 m', '0.15 mm + 0.05 mm per metre', undefined, ['ok', '0..50 m: 0.00265']],
    ['0° to 360°', '1.5 seconds of arc', undefined, ['ok', '0..360 deg: 0.000416667']],
    ['10 MHz', '5.0 parts in 10¹¹', undefined, ['ok', '10..10 MHz: 5e-10']],
    ['10 MHz', '5.0 parts in 1011', undefined, ['reject', 'uncertainty_unit_unknown']],
    ['0.1 µm to 10 µm', '(3 + 4 % of Ra) nm', undefined, ['ok', '0.1..10 um: 0.403']],
    ['2.5 bar to 20 bar', '1.2×10⁻⁴·p_e', undefined, ['ok', '2.5..20 bar: 0.0024']],
    ['2.5 bar to 20 bar', '1.2×10⁻⁴·p_abs', undefined, ['reject', 'uncertainty_undefined_variable']],
    ['(0~1000) μm', 'U=0.5μm+0.5%H，H为厚度值', undefined, ['review', 'variable_meant', '0..1000 um: 5.5']],
    ['(0~200) μm', 'U=0.03μm+2%R', undefined, ['reject', 'uncertainty_undefined_variable']],
  ])('%s | %s (%s)', (range, uncertainty, conditions, expected) => {
    expect(said({ range, uncertainty, ...(conditions ? { conditions } : {}) })).toEqual(expected);
  });
});
