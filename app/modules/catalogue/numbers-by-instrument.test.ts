import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byInstrument, type Measured, onlyScale } from './numbers-by-instrument.server.ts';

const measured = (kinds: string[], ...stated: string[]): Measured => ({ kinds: new Set(kinds), states: (name) => stated.includes(name) });
const one = (max: string, unit: string) => ({ min: '', max, unit });
const at = (min: string, unit: string) => ({ min, max: '', unit });

describe('numbers of a sentence', () => {
  it('of what is not measured are a condition', () => {
    const levels = measured(['level'], 'frequency');
    expect(byInstrument({ range: one('1', 'kHz'), unused: [] }, levels)).toEqual({ parameter: at('1', 'kHz'), unused: [] });
    expect(byInstrument({ range: one('1', 'kHz'), parameter: at('94', 'dB'), unused: [] }, levels)).toEqual({
      range: one('94', 'dB'),
      parameter: at('1', 'kHz'),
      unused: [],
    });
    const pressures = measured(['L-1M1T-2']);
    const transmitter = { range: { min: '4', max: '20', unit: 'mA' }, parameter: { min: '0', max: '1.6', unit: 'MPa' }, unused: [] };
    expect(byInstrument(transmitter, pressures)).toEqual({ range: transmitter.parameter, parameter: transmitter.range, unused: [] });
  });

  it('of what is measured, or of what nobody tests under, stay what they are', () => {
    for (const numbers of [
      { range: one('500', 'MHz'), unused: [] },
      { range: one('16', '公斤'), unused: [] },
      { range: one('5', 'V'), parameter: at('3', 'A'), unused: [] },
    ])
      expect(byInstrument(numbers, measured(['T-1']))).toEqual(numbers);
  });

  it.each<[string, string[], string | undefined]>([
    ['公斤', ['L-1M1T-2'], 'kgf/cm²'],
    ['kg', ['L-1M1T-2'], 'kgf/cm²'],
    ['公斤', ['L1M1T-2'], 'kgf'],
    ['吨', ['L1M1T-2'], 'kgf'],
    ['公斤', ['M1'], '公斤'],
    ['公斤', ['M1', 'L1M1T-2'], '公斤'],
    ['吨', ['L-1M1T-2'], '吨'],
    ['公斤', ['L2M1T-2#torque'], '公斤'],
  ])('16 %s of what measures %j are in %s', (unit, kinds, meant) => {
    expect(byInstrument({ range: one('16', unit), unused: [] }, measured(kinds)).range?.unit).toBe(meant);
  });

  it('that feed what is not electrical are said not to be used', () => {
    for (const kinds of [['L1'], ['L-1M1T-2'], ['M1'], ['scale:HRC'], ['L2M1T-2#torque']]) {
      expect(byInstrument({ range: one('500', 'V'), unused: [] }, measured(kinds))).toEqual({ unused: ['500 V'] });
      expect(byInstrument({ range: one('1', 'MPa'), parameter: at('24', 'V'), unused: ['x'] }, measured(kinds))).toMatchObject({
        unused: ['x', '24 V'],
      });
      expect(byInstrument({ range: one('500', 'V'), unused: [] }, measured(kinds, 'voltage'))).toEqual({
        parameter: at('500', 'V'),
        unused: [],
      });
    }
    for (const kinds of [['L2M1T-1Q-2'], ['K1'], ['level']])
      expect(byInstrument({ range: one('500', 'V'), unused: [] }, measured(kinds))).toEqual({ parameter: at('500', 'V'), unused: [] });
    const signal = { range: one('1', 'MPa'), parameter: { min: '0', max: '10', unit: 'V' }, unused: [] };
    expect(byInstrument(signal, measured(['L-1M1T-2']))).toEqual(signal);
  });

  it('without a unit are in the only scale there is, and asked about where there are more', () => {
    const range = { min: '4', max: '10', unit: '' };
    expect(byInstrument({ range, unused: [] }, measured(['scale:pH'])).range?.unit).toBe('pH');
    for (const kinds of [['scale:%RH', 'K1'], ['L1'], ['scale:HRC', 'scale:HRB']])
      expect(byInstrument({ range, unused: [] }, measured(kinds)).range?.unit).toBe('');
    expect(onlyScale(measured([]))).toBeNull();
  });

  it.each<[string, string[], ReturnType<typeof one> | undefined]>([
    ['φ 50', ['L1'], one('50', 'mm')],
    ['φ 50', ['K1'], undefined],
    ['10分钟', ['T1'], one('10', '分钟')],
    ['10分钟', ['L1'], undefined],
    ['3天', ['T1'], undefined],
    ['3000转', ['T-1'], one('3000', 'r/min')],
    ['3000转', ['L1'], undefined],
    ['7', ['scale:pH'], undefined],
  ])('%s of what measures %j', (word, kinds, range) => {
    const read = byInstrument({ unused: ['快', word] }, measured(kinds));
    expect(read).toEqual(range ? { range, unused: ['快'] } : { unused: ['快', word] });
  });

  it('are none of them lost', () => {
    const units = ['kHz', 'V', 'A', 'MPa', '℃', 'dB', 'pH', 'mm', ''];
    const number = fc.record({ min: fc.constantFrom('', '1'), max: fc.constant('2'), unit: fc.constantFrom(...units) });
    const kinds = fc.subarray(['T-1', 'level', 'L1', 'scale:pH', 'L-1M1T-2']);
    fc.assert(
      fc.property(fc.option(number, { nil: undefined }), fc.option(number, { nil: undefined }), kinds, (range, parameter, all) => {
        const before = { ...(range ? { range } : {}), ...(range && parameter ? { parameter } : {}), unused: ['10分钟', 'φ 50'] };
        const after = byInstrument(before, measured(all));
        const values = (all: typeof before) =>
          [all.range, all.parameter].flatMap((one) => (one ? [one.min, one.max].filter(Boolean).join('~') : [])).sort();
        expect(values(after).length + after.unused.length).toBe(values(before).length + before.unused.length);
        const said = [...values(after), ...after.unused.map((word) => word.split(' ')[0])];
        for (const value of values(before)) expect(said).toContain(value);
      }),
    );
  });
});
