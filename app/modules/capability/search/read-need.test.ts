import { describe, expect, it } from 'vitest';
import { fromSeed, type SeedRow } from '#seeds/capability-row.ts';
import seed from '#seeds/data/capabilities-demo.json' with { type: 'json' };
import { buildVocabulary } from '../rules/instrument-names.ts';
import { matchNeed } from './match-reasons.ts';
import { type NeedInput, readNeed } from './read-need.server.ts';

const rows = (seed.rows as SeedRow[]).map((row) => fromSeed(row, 'centre'));
const vocabulary = buildVocabulary(rows);

function first(input: NeedInput) {
  const read = readNeed(input, vocabulary);
  if (!read.ok) throw new Error(JSON.stringify(read.errors));
  return matchNeed(read.need, rows)[0];
}

describe('readNeed', () => {
  it('leads from typed text to a match', () => {
    expect(first({ instrument: '千分尺', min: 0, max: 25, unit: '毫米', u: 4, uUnit: 'μm', ratio: 3 })).toMatchObject({
      verdict: 'fits',
      capabilityIds: ['SEED-003'],
      instrumentEn: 'external micrometers',
    });
    expect(first({ instrument: 'pressure gauge', min: 0, max: 300, unit: 'psi', u: 0.4, uUnit: '%' })).toMatchObject({ verdict: 'fits' });
    expect(first({ instrument: 'multimeter', min: 1, unit: 'V', parameter: { min: 50, unit: 'kHz' } })).toMatchObject({
      measurandZh: '交流电压',
      capabilityIds: ['SEED-207'],
    });
    expect(first({ min: 23, max: 98, unit: '%RH' })).toMatchObject({ verdict: 'fits', measurandZh: '相对湿度' });
  });

  it.each<[NeedInput, string, string]>([
    [{}, 'instrument', 'nothing_asked'],
    [{ instrument: '火箭' }, 'instrument', 'unknown_instrument'],
    [{ min: 0, max: 25, unit: 'foo' }, 'unit', 'unknown_unit'],
    [{ min: 0, max: 25 }, 'unit', 'unit_missing'],
    [{ min: 25, max: 0, unit: 'mm' }, 'range', 'reversed'],
    [{ min: Number.NaN, max: 1, unit: 'mm' }, 'range', 'not_a_number'],
    [{ min: 0, max: Number.POSITIVE_INFINITY, unit: 'mm' }, 'range', 'not_a_number'],
    [{ min: 0, max: 1, unit: 'mm', u: 0, uUnit: 'mm' }, 'u', 'not_positive'],
    [{ min: 0, max: 1, unit: 'mm', u: 1, uUnit: 'V' }, 'uUnit', 'kinds_differ'],
    [{ min: 0, max: 1, unit: 'mm', u: 1, uUnit: 'um', ratio: -3 }, 'ratio', 'not_positive'],
    [{ min: 0, max: 1, unit: 'mm', parameter: { min: 2, max: 1, unit: 'kHz' } }, 'parameter', 'reversed'],
  ])('%o: %s %s', (input, field, code) => {
    expect(readNeed(input, vocabulary)).toEqual({ ok: false, errors: [{ field, code }] });
  });
});
