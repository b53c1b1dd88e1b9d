import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { atMost, need, reason, row, rows, unit } from '#tests/support/needs.ts';
import { declaredRange, nameKey } from '../rules/capability.ts';
import { cover } from '../rules/coverage.ts';
import { evaluate, type Uncertainty } from '../rules/uncertainty/uncertainty.ts';
import { differenceToBase, toBase } from '../rules/units/quantities.ts';
import { type Match, matchNeed } from './match-reasons.ts';
import type { Requirement } from './matching.ts';
import { rankMatches } from './ranking.ts';

describe('a need inside one row', () => {
  it('fits, and says what it covers and how well', () => {
    const [match] = matchNeed(need('外径千分尺', 0, 25, 'mm', atMost(2, 'µm')), rows);
    expect(match).toMatchObject({ verdict: 'fits', shortfall: 0, capabilityIds: ['SEED-003'] });
    expect(reason(match, 'covers')).toMatchObject({ asked: [{ min: 0, max: 25, unit: 'mm' }], has: [{ min: 0, max: 25, unit: 'mm' }] });
    expect(reason(match, 'u_within')).toMatchObject({ u: { value: 1, unit: 'um' }, required: { value: 2, unit: 'um' } });
  });

  it('is told in the unit the visitor speaks', () => {
    const [match] = matchNeed(need('外径千分尺', 0, 0.9, 'in'), rows);
    expect(reason(match, 'covers').asked[0]).toEqual({ min: 0, max: 0.9, unit: '[in_i]' });
    expect(reason(match, 'covers').has[0]!.max).toBeCloseTo(25 / 25.4, 12);
  });

  it('judges U at the far end', () => {
    const [match] = matchNeed(need('外径千分尺', 100, 500, 'mm', atMost(3, 'µm')), rows);
    expect(match!.verdict).toBe('near');
    expect(reason(match, 'u_too_large')).toMatchObject({
      u: { value: 4, unit: 'um' },
      at: { value: 500, unit: 'mm' },
      relaxTo: { value: 4, unit: 'um' },
    });
    expect(reason(match, 'u_too_large').excess).toBeCloseTo(4 / 3, 9);
  });

  it('judges relative U at the near end', () => {
    const asked: Requirement = { type: 'relative', limit: 12e-6 };
    const [match] = matchNeed(need('数字多用表', 0.22, 2.2, 'V', asked, { measurands: [nameKey('直流电压')] }), rows);
    expect(reason(match, 'u_within').u.unit).toBe('%');
    expect(reason(match, 'u_within').u.value).toBeCloseTo((1e-6 / 0.22 + 6e-6) * 100, 12);
    expect(reason(match, 'u_within').at).toEqual({ value: 0.22, unit: 'V' });
  });

  it('gives the ratio for an MPE', () => {
    const mpe: Requirement = { type: 'mpe', mpe: differenceToBase(4, unit('µm')), unit: unit('µm'), ratio: 3 };
    const [match] = matchNeed(need('外径千分尺', 0, 25, 'mm', mpe), rows);
    expect(match!.verdict).toBe('fits');
    expect(reason(match, 'tur').tur).toBeCloseTo(4, 12);
    const [strict] = matchNeed(need('外径千分尺', 25, 100, 'mm', mpe), rows);
    expect(strict!.verdict).toBe('near');
    expect(strict!.tur).toBeCloseTo(2.5, 12);
  });

  it('has no bound for a relative U across zero', () => {
    const [match] = matchNeed(need('压力变送器', -0.05, 1, 'MPa', { type: 'relative', limit: 0.001 }), rows);
    expect(match!.verdict).toBe('fits');
    const [gauge] = matchNeed(need('差压计', -1, 1, 'kPa', { type: 'relative', limit: 0.001 }), rows);
    // A U without bound meets no limit.
    expect(gauge).toMatchObject({ verdict: 'near', shortfall: 1 });
    expect(reason(gauge, 'u_unbounded').required).toEqual({ value: 0.1, unit: '%' });
  });

  it('compares an error in percent with a relative requirement, and with nothing else', () => {
    const [match] = matchNeed(need('交流电能表', 1, 10, 'A', { type: 'relative', limit: 0.0005 }), rows);
    expect(match!.verdict).toBe('fits');
    const [absolute] = matchNeed(need('交流电能表', 1, 10, 'A', atMost(1, 'A')), rows);
    expect(absolute!.verdict).toBe('review');
    expect(reason(absolute, 'u_not_comparable').u).toEqual({ value: 0.03, unit: '%' });
  });

  it('reads temperature uncertainty by scale only', () => {
    const [match] = matchNeed(need('数字温度计', 32, 212, '°F', atMost(0.36, '°F')), rows);
    expect(reason(match, 'u_within').u.value).toBeCloseTo(0.06 * 1.8, 12);
    expect(reason(match, 'u_within').required).toEqual({ value: 0.36, unit: '[degF]' });
  });
});

describe('a need over several rows', () => {
  it('is covered by rows that meet', () => {
    const [match] = matchNeed(need('外径千分尺', 10, 300, 'mm'), rows);
    expect(match).toMatchObject({ verdict: 'fits', capabilityIds: ['SEED-003', 'SEED-004', 'SEED-005'] });
    expect(reason(match, 'u_best').u).toEqual({ value: 2.8, unit: 'um' });
  });

  it('shows what is missing', () => {
    const [match] = matchNeed(need('外径千分尺', 0, 50, 'mm'), [row('a', 0, 25, 'U=1 μm')]);
    expect(match).toMatchObject({ verdict: 'near', shortfall: 0.5 });
    expect(reason(match, 'range_short')).toEqual({
      code: 'range_short',
      asked: [{ min: 0, max: 50, unit: 'mm' }],
      has: [{ min: 0, max: 25, unit: 'mm' }],
      missing: [{ min: 25, max: 50, unit: 'mm' }],
    });
  });

  it('finds the hole between rows', () => {
    const [match] = matchNeed(need('外径千分尺', 0, 50, 'mm'), [row('a', 0, 25, 'U=1 μm'), row('b', 30, 50, 'U=1 μm')]);
    expect(reason(match, 'range_short').missing).toEqual([{ min: 25, max: 30, unit: 'mm' }]);
  });

  it('leaves contradicting rows to a person', () => {
    const [match] = matchNeed(need('外径千分尺', 0, 50, 'mm'), [row('a', 0, 30, 'U=1 μm'), row('b', 20, 50, 'U=2 μm')]);
    expect(match!.verdict).toBe('review');
    expect(reason(match, 'rows_conflict')).toEqual({ code: 'rows_conflict', rows: ['a', 'b'], on: { min: 20, max: 30, unit: 'mm' } });
  });

  it('does not call agreeing rows contradicting', () => {
    expect(matchNeed(need('外径千分尺', 0, 50, 'mm'), [row('a', 0, 30, 'U=1 μm'), row('b', 20, 50, 'U=1 μm')])[0]!.verdict).toBe('fits');
  });

  it('never joins rows of different methods', () => {
    const matches = matchNeed(need('外径千分尺', 0, 50, 'mm'), [
      row('a', 0, 25, 'U=1 μm'),
      row('b', 25, 50, 'U=1 μm', { method: 'JJG 1' }),
    ]);
    expect(matches.map((m) => m.verdict)).toEqual(['near', 'near']);
  });

  it('gives a shared bound to the upper row', () => {
    const [match] = matchNeed(need('外径千分尺', 25, 25, 'mm'), rows);
    expect(match!.capabilityIds).toEqual(['SEED-004']);
    expect(matchNeed(need('外径千分尺', 500, 500, 'mm'), rows)[0]!.capabilityIds).toEqual(['SEED-005']);
  });

  it('says when joined rows hold under different conditions', () => {
    const [match] = matchNeed(need('外径千分尺', 0, 50, 'mm'), [
      row('a', 0, 25, 'U=1 μm', { conditions: '甲' }),
      row('b', 25, 50, 'U=1 μm', { conditions: '乙' }),
    ]);
    expect(match!.verdict).toBe('fits');
    expect(reason(match, 'conditions_mixed').conditions).toEqual(['甲', '乙']);
  });
});

describe('second parameters, validity, missing ranges', () => {
  const voltage = { measurands: [nameKey('交流电压')] };
  const frequency = (min: number, max: number, code: string) => ({
    parameters: [{ name: 'frequency', range: declaredRange(min, max, unit(code))! }],
  });
  it('chooses the row that holds at the frequency', () => {
    const high = matchNeed(need('数字多用表', 0.1, 1, 'V', null, { ...voltage, ...frequency(50, 50, 'kHz') }), rows)[0];
    expect(high).toMatchObject({ verdict: 'fits', capabilityIds: ['SEED-207'] });
    expect(reason(high, 'parameter_inside').asked).toEqual({ min: 50, max: 50, unit: 'kHz' });
  });
  it('misses narrowly beyond it, and says what is stated', () => {
    const [match] = matchNeed(need('数字多用表', 0.1, 1, 'V', null, { ...voltage, ...frequency(1, 1, 'MHz') }), rows);
    expect(match!.verdict).toBe('near');
    expect(reason(match, 'parameter_outside').has[0]!.unit).toBe('MHz');
  });
  it('says what it takes for granted when none is asked', () => {
    const [match] = matchNeed(need('数字多用表', 0.1, 1, 'V', null, voltage), rows);
    expect(match!.verdict).toBe('fits');
    expect(reason(match, 'parameter_assumed').parameter).toBe('frequency');
  });
  it('asks a person when the rows do not speak of it', () => {
    const [match] = matchNeed(need('外径千分尺', 0, 25, 'mm', null, frequency(1, 1, 'kHz')), rows);
    expect(match!.verdict).toBe('review');
    expect(reason(match, 'parameter_not_stated').parameter).toBe('frequency');
  });
  it('asks a person about a capability without a range', () => {
    const [match] = matchNeed(need('气相色谱仪', 1, 2, 'mg/L'), rows);
    expect(match!.verdict).toBe('review');
    reason(match, 'range_not_stated');
  });
  it('notices an accreditation that has run out by then', () => {
    const expiring = [row('a', 0, 25, 'U=1 μm', { accreditation: { kind: 'cnas', validFrom: null, validUntil: 1000 } })];
    expect(matchNeed(need('外径千分尺', 0, 25, 'mm', null, { at: 999 }), expiring)[0]!.verdict).toBe('fits');
    expect(matchNeed(need('外径千分尺', 0, 25, 'mm', null, { at: 1001 }), expiring)[0]!.verdict).toBe('review');
  });
  it('answers without a range, and with points', () => {
    expect(matchNeed({ ...need('外径千分尺', 0, 0, 'mm'), unit: null, extent: [] }, rows)[0]!.capabilityIds).toEqual(['SEED-003']);
    const points = [10, 50, 600].map((x) => ({ min: x / 1000, max: x / 1000 }));
    const [match] = matchNeed({ ...need('外径千分尺', 0, 0, 'mm'), extent: points }, rows);
    expect(match!.shortfall).toBeCloseTo(1 / 3, 12);
    expect(reason(match, 'range_short').missing).toEqual([{ min: 600, max: 600, unit: 'mm' }]);
  });
  it('never matches another kind of quantity', () => {
    expect(matchNeed(need('外径千分尺', 0, 25, 'MPa'), rows)).toEqual([]);
    expect(matchNeed(need('数字温湿度计', 20, 80, '%'), rows)).toEqual([]);
  });
});

describe('properties', () => {
  const segment = fc
    .tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 8 }))
    .map(([min, width]) => ({ min, max: min + width }));
  const asked = fc
    .tuple(fc.integer({ min: 0, max: 24 }), fc.integer({ min: 0, max: 12 }))
    .map(([min, width]) => ({ min, max: min + width }));

  it('coverage equals a brute-force walk over the request', () => {
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), asked, (segments, interval) => {
        const list = segments.map((s, i) => row(String(i), s.min * 1000, s.max * 1000, 'U=1 μm'));
        const { gaps, pieces } = cover(interval, list, () => true);
        const inside = (x: number) => segments.some((s) => s.min <= x && x <= s.max);
        // Quarter steps that avoid the bounds themselves: a single point between two gaps is no stretch.
        for (let x = interval.min + 0.25; x < interval.max; x += 0.5) expect(gaps.some((g) => g.min < x && x < g.max)).toBe(!inside(x));
        if (interval.min === interval.max) expect(gaps.length === 0).toBe(inside(interval.min));
        const total = [...gaps, ...pieces].reduce((sum, part) => sum + part.max - part.min, 0);
        expect(total).toBeCloseTo(interval.max - interval.min, 9);
      }),
    );
  });

  it('the U of a match bounds U everywhere in the request', () => {
    const forms = ['U=1 μm', 'U=0.5 μm+1×10⁻⁵L', 'U=Q[1 μm, 2×10⁻⁵L]', 'Urel=0.01 %'];
    const someRow = fc.tuple(segment, fc.constantFrom(...forms));
    fc.assert(
      fc.property(fc.array(someRow, { minLength: 1, maxLength: 4 }), asked, (list, interval) => {
        const group = list.map(([s, U], i) => row(String(i), s.min, s.max, U));
        const [match] = matchNeed(need('外径千分尺', interval.min, interval.max, 'mm'), group);
        if (!match || match.verdict === 'near') return;
        for (let i = 0; i <= 50; i += 1) {
          const x = toBase(interval.min + ((interval.max - interval.min) * i) / 50, unit('mm'));
          const best = Math.min(
            ...group.filter((r) => r.range!.base.min <= x && x <= r.range!.base.max).map((r) => evaluate(r.uncertainty as Uncertainty, x)),
          );
          expect(best).toBeLessThanOrEqual(match.u * (1 + 1e-9));
        }
      }),
    );
  });

  it('ranking keeps every match and puts fits first', () => {
    const matches = matchNeed(need('', 0, 25, 'mm'), rows);
    const prices = fc.array(fc.option(fc.integer({ min: 1, max: 5 })), { minLength: matches.length, maxLength: matches.length });
    fc.assert(
      fc.property(prices, (list) => {
        const factsOf = (m: Match) => ({ earliest: null, price: list[matches.indexOf(m)]!, distanceKm: null, credit: null });
        const ranked = rankMatches(matches, factsOf);
        expect(new Set(ranked)).toEqual(new Set(matches));
        const fits = ranked.filter((m) => m.verdict === 'fits');
        expect(ranked.slice(0, fits.length)).toEqual(fits);
        const known = fits.map((m) => factsOf(m).price ?? Infinity);
        expect(known).toEqual([...known].sort((a, b) => (a === b ? 0 : a - b)));
      }),
    );
  });
});
