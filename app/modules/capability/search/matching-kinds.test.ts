import { describe, expect, it } from 'vitest';
import { atMost, need, reason, row, rows, unit } from '#tests/support/needs.ts';
import { comparedAs, declaredRange } from '../rules/capability.ts';
import { parseUncertainty } from '../rules/uncertainty/uncertainty-text.ts';
import type { Unit } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { matchNeed } from './match-reasons.ts';

describe('rows of another k, class or kind', () => {
  const stated = (factor: number, U: string) => ({
    ...row('a', 0, 100, U),
    ...comparedAs(row('a', 0, 100, U).uncertainty, factor),
    k: 2 / factor,
  });

  it('are judged at k = 2', () => {
    expect(matchNeed(need('外径千分尺', 0, 100, 'mm', atMost(0.5, 'µm')), [stated(2, 'U=0.5 μm')])[0]!.verdict).toBe('near');
    expect(matchNeed(need('外径千分尺', 0, 100, 'mm', atMost(0.5, 'µm')), [stated(2 / 3, 'U=0.75 μm')])[0]!.verdict).toBe('fits');
    // 0.5 µm at k = 1 and 1 µm at k = 2 are no contradiction.
    const [match] = matchNeed(need('外径千分尺', 0, 100, 'mm', atMost(1, 'µm')), [stated(2, 'U=0.5 μm'), row('b', 0, 100, 'U=1 μm')]);
    expect(match!.verdict).toBe('fits');
  });

  it('never stand in for one another', () => {
    const parts = [row('a', 0, 50, 'U=1 μm', { designation: 'E1' }), row('b', 50, 100, 'U=1 μm', { designation: 'E2' })];
    expect(matchNeed(need('外径千分尺', 0, 100, 'mm'), parts).map(({ verdict }) => verdict)).toEqual(['near', 'near']);
    const same = parts.map((one) => ({ ...one, designation: 'E2 级' }));
    expect(matchNeed(need('外径千分尺', 0, 100, 'mm'), same)[0]).toMatchObject({ verdict: 'fits', capabilityIds: ['a', 'b'] });
  });

  it('of a kind that differs by a mark, as absolute pressure does, are no candidates', () => {
    const MPa = unit('MPa');
    const absolute = { ...MPa, code: 'MPa{absolute}', kind: `${MPa.kind}#absolute` };
    const gauge = { ...row('g', 0, 100, 'U=1 μm'), range: declaredRange(0, 1, MPa)! };
    const vacuum = { ...gauge, id: 'v', range: declaredRange(0, 1, absolute)! };
    const found = (u: Unit) =>
      matchNeed({ ...need('外径千分尺', 0, 1, 'MPa'), unit: u }, [gauge, vacuum]).map((match) => match.capabilityIds);
    expect(found(MPa)).toEqual([['g']]);
    expect(found(absolute)).toEqual([['v']]);
  });
});

describe('a request whose low end was assumed', () => {
  const sized = { ...need('外径千分尺', 0, 100, 'mm', atMost(2, 'µm')), sureFrom: 0.01 };
  const from = (min: number, max = 100, U = 'U=1 μm') => matchNeed(sized, [row('a', min, max, U)])[0];

  it('is met by what covers all of it', () => {
    expect(from(0)).toMatchObject({ verdict: 'fits', shortfall: 0 });
  });
  it('is asked about where only that end is missing, and says what is', () => {
    expect(from(5)).toMatchObject({
      verdict: 'review',
      shortfall: 0,
      reasons: expect.arrayContaining([expect.objectContaining({ code: 'range_short' })]),
    });
    expect(from(10)).toMatchObject({ verdict: 'review', shortfall: 0 });
  });
  it('is missed where more is, or U is too large', () => {
    expect(from(28)).toMatchObject({ verdict: 'near', shortfall: expect.closeTo(0.2, 9) });
    expect(from(5, 55)).toMatchObject({ verdict: 'near', shortfall: expect.closeTo(0.5, 9) });
    expect(from(5, 100, 'U=3 μm')?.verdict).toBe('near');
    expect(from(0, 5)).toBeUndefined();
  });
});

describe('U as a share of the full scale', () => {
  /** 0.06 % FS over 0–60 MPa, which gauges of all ranges up to there are calibrated by. */
  const gauge = (max: number, limit: number, min = 0) => matchNeed(need('精密压力表', min, max, 'MPa', atMost(limit, 'MPa')), rows)[0];

  it('is asked about where the span decides, and says both', () => {
    expect(gauge(10, 0.013)).toMatchObject({ verdict: 'review', shortfall: 0, tur: null });
    const open = reason(gauge(10, 0.013), 'u_span_open');
    expect(open).toMatchObject({ share: expect.closeTo(0.06, 9), asked: { value: 10 }, span: { value: 60 } });
    expect([open.u.value, open.own.value]).toEqual([expect.closeTo(0.006, 9), expect.closeTo(0.036, 9)]);
  });
  it('fits where it does of either, and misses where it does of neither or no span is asked', () => {
    expect(gauge(10, 0.04)?.verdict).toBe('fits');
    expect(gauge(60, 0.04)?.verdict).toBe('fits');
    expect(gauge(10, 0.005)?.verdict).toBe('near');
    expect(gauge(10, 0.013, 10)?.verdict).toBe('near');
  });
  it('beside a fixed part or a share of the reading is a share all the same', () => {
    const [kpa, mpa] = [unit('kPa'), unit('MPa')];
    const stated = (U: string) => {
      const parsed = parseUncertainty(U, { unit: mpa, range: { min: 0, max: 60 }, parseUnit });
      if (!parsed.ok) throw new Error(U);
      const like = rows.find(({ id }) => id === 'SEED-059')!;
      return { ...like, uncertainty: parsed.uncertainty };
    };
    const of = (U: string, limit: number, max = 10) => matchNeed(need('精密压力表', 0, max, 'MPa', atMost(limit, 'MPa')), [stated(U)])[0];
    expect(kpa.kind).toBe(mpa.kind);
    // 0.05 % of 10 MPa and 1 kPa are 6 kPa, of 60 MPa 31 kPa.
    for (const U of ['U=0.05 % FS+1 kPa', 'U=1 kPa+0.05 % FS']) {
      expect(of(U, 0.007)?.verdict).toBe('review');
      expect(reason(of(U, 0.007), 'u_span_open')).toMatchObject({
        share: expect.closeTo(0.05, 9),
        plus: { value: 1, unit: 'kPa', ofReading: false },
      });
      expect(of(U, 0.0055)?.verdict).toBe('near');
      expect(of(U, 0.032)?.verdict).toBe('fits');
      expect(of(U, 0.032, 60)?.verdict).toBe('fits');
    }
    // 0.02 % of the reading, 2 kPa at 10 MPa, and 0.01 % of 10 MPa or of 60.
    const both = of('U=0.02 % rdg+0.01 % FS', 0.0035);
    expect(both?.verdict).toBe('review');
    expect(reason(both, 'u_span_open')).toMatchObject({ plus: { value: 0.02, unit: '%', ofReading: true } });
    expect(of('U=0.02 % rdg+0.01 % FS', 0.0025)?.verdict).toBe('near');
    expect(of('U=0.02 % rdg+0.01 % FS', 0.009)?.verdict).toBe('fits');
  });
  it('of another span than its own is what it says', () => {
    const stated = row('a', 0, 50, 'U=1 % FS(100 mm)');
    expect(matchNeed(need('外径千分尺', 0, 10, 'mm', atMost(0.5, 'mm')), [stated])[0]?.verdict).toBe('near');
  });
});
