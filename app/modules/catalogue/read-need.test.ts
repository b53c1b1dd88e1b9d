import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NEED_DEFAULTS, NEED_FIELDS, type NeedText, needParams, needText } from './need-fields.ts';
import { type NeedVocabulary, readNeed } from './read-need.server.ts';

const now = Date.parse('2026-11-23T02:00:00Z');
const words: NeedVocabulary = {
  now,
  names: (text) => (text === '外径千分尺' ? { instruments: ['外径千分尺'], measurands: [], designation: null } : null),
  traits: (text) => ({ classMeans: text === '压力表' ? 'span' : null, sizeMeans: text === '外径千分尺' ? 'steps_of_25' : null }),
  hasPlace: (city) => city === 'suzhou',
};
const micrometer: Partial<NeedText> = { item: '外径千分尺', n: '12', min: '0', max: '25', unit: 'mm', limit: '0.5', lunit: 'um' };
const read = (change: Partial<NeedText>) => readNeed({ ...NEED_DEFAULTS, ...change }, words);

/** Any code points, lone surrogates too. fast-check's own unit for that takes seconds to build its tables. */
const anyText = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 140 }).map((points) => String.fromCodePoint(...points));

test('a whole sentence becomes a need in base units', () => {
  const { need, pieces, problems, place, from } = read({ ...micrometer, place: 'suzhou', from: '2026-12-01' });
  expect(problems).toEqual({});
  expect(need).toMatchObject({ instruments: ['外径千分尺'], extent: [{ min: 0, max: 0.025 }], required: { type: 'absolute' } });
  expect(need?.required).toHaveProperty('limit', expect.closeTo(5e-7, 15));
  expect([pieces, place, from]).toEqual([12, 'suzhou', Date.parse('2026-11-30T16:00:00Z')]);
});

test.each<[string, Partial<NeedText>, Record<string, string>]>([
  ['unknown unit', { unit: 'furlongs' }, { unit: 'unit_unknown' }],
  ['no unit', { unit: '' }, { unit: 'unit_missing' }],
  ['no unit of U', { lunit: '' }, { lunit: 'unit_missing' }],
  ['reversed', { min: '25', max: '0' }, { max: 'reversed' }],
  ['beyond all numbers', { max: '1e400' }, { max: 'absurd_number' }],
  ['absurd', { max: '9e99' }, { max: 'absurd_number' }],
  ['NaN', { max: 'NaN' }, { max: 'not_a_number' }],
  ['infinity', { max: 'Infinity' }, { max: 'not_a_number' }],
  ['hexadecimal', { max: '0x10' }, { max: 'not_a_number' }],
  ['decimal comma', { max: '2,5' }, { max: 'not_a_number' }],
  ['minus five pieces', { n: '-5' }, { n: 'pieces_out_of_range' }],
  ['no pieces', { n: '0' }, { n: 'pieces_out_of_range' }],
  ['half a piece', { n: '1.5' }, { n: 'pieces_out_of_range' }],
  ['too many pieces', { n: '100000' }, { n: 'pieces_out_of_range' }],
  ['U of zero', { limit: '0' }, { limit: 'not_positive' }],
  ['negative U', { limit: '-0.5' }, { limit: 'not_positive' }],
  ['ratio', { by: 'mpe', ratio: '0' }, { ratio: 'ratio_out_of_range' }],
  ['below absolute zero', { min: '-300', max: '0', unit: '℃' }, { min: 'below_absolute_zero' }],
  ['unknown instrument', { item: '曲速引擎' }, { item: 'item_unknown' }],
  ['words too long', { item: '千'.repeat(61) }, { item: 'too_long' }],
  ['script', { item: '<script>alert(1)</script>' }, { item: 'item_unknown' }],
  ['place', { place: 'atlantis' }, { place: 'place_unknown' }],
  ['no date', { from: 'tomorrow' }, { from: 'not_a_date' }],
  ['30 February', { from: '2027-02-30' }, { from: 'not_a_date' }],
  ['past', { from: '2020-01-01' }, { from: 'date_past' }],
  ['too far', { from: '2099-01-01' }, { from: 'date_far' }],
  ['family', { family: 'magic' }, { family: 'family_unknown' }],
  ['parameter of no name', { pmin: '1', punit: 'cd' }, { punit: 'parameter_unknown' }],
  ['parameter reversed', { pmin: '20', pmax: '1', punit: 'kHz' }, { pmax: 'reversed' }],
])('%s is said at its hole', (_, change, problems) => {
  const result = read({ ...micrometer, ...change });
  expect(result.problems).toEqual(problems);
  expect(result.need).toBeNull();
});

test('an instrument alone, a range alone, a single point are needs; nothing is none', () => {
  expect(read({ item: '外径千分尺' }).need).toMatchObject({ extent: [], unit: null });
  expect(read({ max: '25', unit: 'mm' }).need?.extent).toEqual([{ min: 0.025, max: 0.025 }]);
  expect(read({}).problems).toEqual({ item: 'nothing_to_measure' });
});

test('numbers as people write them', () => {
  expect(read({ ...micrometer, max: '２５' }).need?.extent[0]?.max).toBeCloseTo(0.025, 12);
  expect(read({ ...micrometer, max: '2.5×10¹' }).need?.extent[0]?.max).toBeCloseTo(0.025, 12);
  expect(read({ ...micrometer, min: '−40', max: '150', unit: '℃' }).need?.extent[0]?.min).toBeCloseTo(233.15, 9);
});

describe('requirements', () => {
  test('percent of a quantity is relative, percent of a ratio absolute', () => {
    expect(read({ ...micrometer, limit: '0.1', lunit: '%' }).need?.required).toEqual({ type: 'relative', limit: 0.001 });
    expect(read({ ...micrometer, unit: '%', limit: '0.1', lunit: '%' }).need?.required).toMatchObject({ type: 'absolute' });
  });
  test('an MPE with its ratio', () => {
    const required = read({ ...micrometer, by: 'mpe', limit: '4', ratio: '4' }).need?.required;
    expect(required).toMatchObject({ type: 'mpe', ratio: 4, mpe: expect.closeTo(4e-6, 15) });
  });
  test('a temperature difference has no zero point', () => {
    const required = read({ ...micrometer, min: '0', max: '100', unit: '℃', limit: '0.36', lunit: '°F' }).need?.required;
    expect(required).toHaveProperty('limit', expect.closeTo(0.2, 9));
  });
});

test('a second parameter is named by its unit', () => {
  const { need } = read({ ...micrometer, pmin: '40', pmax: '1000', punit: 'Hz' });
  expect(need?.parameters).toMatchObject([{ name: 'frequency', range: { base: { min: 40, max: 1000 } } }]);
});

test('whatever stands in the holes is answered, never thrown', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...NEED_FIELDS), anyText), (given) => {
      const result = readNeed(needText(new URLSearchParams(given)), words);
      expect(result.need === null).toBe(Object.keys(result.problems).length > 0);
    }),
    { numRuns: 40 },
  );
});

test('an address holds only what differs from the defaults, and reads back the same', () => {
  const text = { ...NEED_DEFAULTS, ...micrometer, family: 'any' };
  const params = needParams(text);
  expect([...params.keys()]).toEqual(['family', 'item', 'n', 'min', 'max', 'unit', 'limit', 'lunit']);
  expect(needText(params)).toEqual(text);
});
