import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromSeed, type SeedRow } from '#seeds/capability-row.ts';
import seed from '#seeds/data/capabilities-demo.json' with { type: 'json' };
import { type Capability, comparedAs, declaredRange, nameKey } from '../rules/capability.ts';
import { designationOf } from '../rules/designation.ts';
import { measureOf } from '../rules/measure.ts';
import type { Unit } from '../rules/units/quantities.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { findMatches, type OfferMatch } from './find-matches.ts';
import { type Match, matchNeed } from './match-reasons.ts';
import { assess, compareScores, type Need, type Score } from './matching.ts';
import { buildIndex, candidatePlaces, type NeedIndex, remove, upsert } from './need-index.ts';
import { blankCard, score } from './scoring.ts';

const LIMIT = 1000;
const unit = (text: string): Unit => {
  const found = parseUnit(text);
  if (!found.ok) throw new Error(text);
  return found.unit;
};
const hz = unit('Hz');
const templates = (seed.rows as SeedRow[]).map((row) => fromSeed(row, ''));

/** A row of the demonstration data moved, at a centre: many rows of few instruments, so that groups, unions and conflicts arise. */
const anyRow: fc.Arbitrary<Capability> = fc
  .record({
    id: fc.integer({ min: 0, max: 30 }),
    centre: fc.integer({ min: 1, max: 3 }),
    of: fc.nat({ max: 12 }),
    shift: fc.integer({ min: 0, max: 3 }),
    plain: fc.boolean(),
    ofScale: fc.constantFrom(false, false, false, true),
    validUntil: fc.constantFrom(undefined, null, 100),
    frequency: fc.constantFrom<([number, number] | null)[]>(null, null, [10, 100], [50, 1000], [100, 2000]),
    designation: fc.constantFrom('', '', 'E1', 'E2', 'E1、E2', 'M2~M100'),
    factor: fc.constantFrom(1, 1, 2, 2 / 3),
  })
  .map(({ id, centre, of, shift, plain, ofScale, validUntil, frequency, designation, factor }) => {
    const template = templates[of]!;
    const { min, max, unit: u } = template.range!;
    const range = declaredRange(min + shift * 10, max + shift * 10, u)!;
    const full = { value: range.max, unit: u.code, base: range.base.max };
    const share = { form: 'full_scale' as const, b: { value: 0.002, unit: '%', base: 2e-5 }, span: full };
    return {
      ...template,
      ...comparedAs(ofScale ? share : template.uncertainty, factor),
      k: 2 / factor,
      designation,
      id: `row-${id}`,
      centreId: `centre-${centre}`,
      conditions: plain ? '' : template.conditions,
      parameters: frequency ? [{ name: 'frequency', range: declaredRange(...frequency, hz)! }] : template.parameters,
      range,
      accreditation: validUntil === undefined ? null : { kind: 'cnas' as const, validFrom: 0, validUntil },
    };
  });

const NOTHING: Need = {
  instruments: [],
  measurands: [],
  designation: null,
  unit: null,
  extent: [],
  required: null,
  parameters: [],
  at: null,
};

const mm = unit('mm');
const anyNeed: fc.Arbitrary<Need> = fc
  .record({
    instruments: fc.oneof(
      fc.constant([]),
      fc.subarray(
        templates.slice(0, 13).map((t) => nameKey(t.instrumentZh)),
        { minLength: 1, maxLength: 3 },
      ),
    ),
    measurands: fc.constantFrom([], [nameKey('示值误差')], [nameKey('中心长度')]),
    min: fc.integer({ min: 0, max: 300 }),
    width: fc.integer({ min: 0, max: 300 }),
    limit: fc.option(fc.integer({ min: 1, max: 20 })),
    relative: fc.boolean(),
    assumed: fc.constantFrom(0, 0, 0.1, 0.5),
    ranged: fc.boolean(),
    at: fc.constantFrom(null, -1, 50, 150),
    frequency: fc.constantFrom<([number, number] | null)[]>(null, null, [60, 60], [20, 90], [60, 1500]),
    designation: fc.constantFrom(null, null, 'E2', 'M10', 'K型'),
  })
  .map(({ instruments, measurands, min, width, limit, relative, assumed, ranged, at, frequency, designation }) => ({
    instruments,
    measurands,
    designation: designation && designationOf(designation),
    unit: ranged ? mm : null,
    extent: ranged ? [{ min: min / 1000, max: (min + width) / 1000 }] : [],
    ...(ranged && assumed > 0 && width > 0 ? { sureFrom: (min + width * assumed) / 1000 } : {}),
    required:
      limit === null
        ? null
        : relative
          ? { type: 'mpe_relative' as const, mpe: limit * 2e-5, ratio: 3 }
          : { type: 'absolute' as const, limit: limit * 5e-7, unit: unit('um') },
    parameters: frequency ? [{ name: 'frequency', range: declaredRange(...frequency, hz)! }] : [],
    at,
  }));

/** The same answer from all rows, without an index: matches in order, the first of each centre and instrument kept. */
function naive(rows: Capability[], need: Need) {
  const best = new Map<string, { match: Match; alternatives: number }>();
  for (const match of matchNeed(need, rows)) {
    const key = `${match.centreId}|${nameKey(match.instrumentZh)}`;
    const known = best.get(key);
    if (!known) best.set(key, { match, alternatives: 0 });
    else if ((known.match.verdict === 'near') === (match.verdict === 'near')) known.alternatives += 1;
  }
  const all = [...best.values()].map(({ match, alternatives }) => ({ ...match, alternatives }));
  const fits = all.filter((m) => m.verdict !== 'near');
  const nearMisses = all.filter((m) => m.verdict === 'near');
  return { fits, nearMisses };
}

const judged = ({ group, verdict, shortfall, quality }: Score): Score => ({ group, verdict, shortfall, quality });

/** A match with everything it has to say. */
function said(match: OfferMatch): OfferMatch {
  const { verdict, shortfall, centreId, instrumentZh, instrumentEn, measurandZh, measurandEn, method } = match;
  const { capabilityIds, u, tur, reasons, alternatives } = match;
  const of = { centreId, instrumentZh, instrumentEn, measurandZh, measurandEn, method, capabilityIds };
  return { verdict, shortfall, ...of, u, tur, reasons, alternatives };
}

function found(index: NeedIndex, need: Need, limit: number) {
  const { fits, nearMisses } = findMatches(index, need, { limit });
  return { fits: fits.map(said), nearMisses: nearMisses.map(said) };
}

const byId = (rows: Capability[]) => [...new Map(rows.map((row) => [row.id, row])).values()];

describe('index', () => {
  it('answers as a scan over all rows does', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 25 }), anyNeed, (rows, need) => {
        expect(found(buildIndex(rows), need, LIMIT)).toEqual(naive(byId(rows), need));
      }),
      { numRuns: 1000 },
    );
  });

  it('answers as a scan does where rows of one scope meet, overlap, contradict each other and leave gaps', () => {
    const form = fc.oneof(
      fc.integer({ min: 1, max: 3 }).map((a) => ({ form: 'constant' as const, a: { base: a * 1e-6, value: a, unit: unit('um') } })),
      fc.integer({ min: 1, max: 3 }).map((b) => ({ form: 'relative' as const, b: { base: b * 1e-5, value: b, unit: unit('1') } })),
      fc
        .record({
          a: fc.integer({ min: 0, max: 2 }),
          b: fc.integer({ min: 1, max: 3 }),
          form: fc.constantFrom('sum' as const, 'quadrature' as const),
        })
        .map(({ a, b, form }) => ({
          form,
          a: { base: a * 1e-6, value: a, unit: unit('um') },
          b: { base: b * 1e-5, value: b, unit: unit('1') },
        })),
      fc.constant({
        form: 'interpolated' as const,
        x1: { base: 0 },
        x2: { base: 0.1 },
        u1: { base: 1e-6, unit: unit('um') },
        u2: { base: 2e-6 },
      }),
    );
    const row = fc.record({
      min: fc.integer({ min: 0, max: 8 }),
      width: fc.integer({ min: 1, max: 4 }),
      uncertainty: form as unknown as fc.Arbitrary<Capability['uncertainty']>,
      validUntil: fc.constantFrom(null, null, 100),
    });
    const first = templates[0]!;
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 6 }), anyNeed, (drawn, need) => {
        const rows = drawn.map(({ min, width, uncertainty, validUntil }, i) => ({
          ...first,
          id: `row-${i}`,
          range: declaredRange(min * 25, (min + width) * 25, mm),
          uncertainty,
          uncertaintyUnit: unit('um'),
          accreditation: { kind: 'cnas' as const, validFrom: 0, validUntil },
        }));
        const asked = { ...need, instruments: [], measurands: [], parameters: [] };
        expect(found(buildIndex(rows), asked, LIMIT)).toEqual(naive(rows, asked));
      }),
      { numRuns: 2000 },
    );
  });

  it('orders and judges every group by numbers and by rows as its whole assessment does', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { minLength: 1, maxLength: 25 }), anyNeed, (rows, need) => {
        const { groups, facts } = buildIndex(rows);
        const asked = facts.asked(need);
        const scored: Score[] = [];
        const assessed: Score[] = [];
        for (let place = 0; place < groups.end; place += 1) {
          if (!groups.lives(place)) continue;
          const group = groups.at(place);
          const whole = assess(need, group);
          const byRows = blankCard(group);
          expect(score(measureOf(need), group, byRows)).toBe(whole !== null);
          if (!whole) continue;
          assessed.push(judged(whole));
          scored.push(judged(byRows));
          expect(scored.at(-1)).toEqual(assessed.at(-1));
          const byNumbers = blankCard(group);
          if (asked && facts.score(asked, place, byNumbers)) expect(judged(byNumbers)).toEqual(assessed.at(-1));
        }
        expect(scored.sort(compareScores)).toEqual(assessed.sort(compareScores));
      }),
      { numRuns: 400 },
    );
  });

  it('stays equal to a fresh index through changes', () => {
    const change = fc.oneof(
      anyRow,
      fc.integer({ min: 0, max: 30 }).map((n) => `row-${n}`),
    );
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 10 }), fc.array(change, { maxLength: 30 }), anyNeed, (initial, changes, need) => {
        const index = buildIndex(initial);
        const rows = new Map(byId(initial).map((row) => [row.id, row]));
        for (const c of changes) {
          if (typeof c === 'string') {
            remove(index, c);
            rows.delete(c);
          } else {
            upsert(index, c);
            rows.set(c.id, c);
          }
        }
        expect(found(index, need, LIMIT)).toEqual(naive([...rows.values()], need));
        expect(sizes(index)).toEqual(sizes(buildIndex(rows.values())));
      }),
    );
  });

  it('looks at no more places of groups that are gone than at those of groups there are, and a few', () => {
    const [first] = templates;
    const kept = Array.from({ length: 40 }, (_, i) => ({ ...first!, id: `kept-${i}`, method: `JJF ${i}` }));
    const index = buildIndex(kept);
    const asked: Need = { ...NOTHING, unit: first!.range!.unit };
    const looksAt = (need: Need) => candidatePlaces(index, need).reduce((sum, places) => sum + places.length, 0);
    for (let i = 0; i < 2000; i += 1) upsert(index, { ...first!, id: 'renamed', method: `JJG ${i}`, measurandZh: `误差 ${i % 7}` });
    for (const need of [asked, { ...asked, instruments: [nameKey(first!.instrumentZh)] }])
      expect(looksAt(need)).toBeLessThanOrEqual(2 * (kept.length + 1) + 33);
    // One that is named as it was before is found again.
    upsert(index, { ...first!, id: 'renamed', method: 'JJG 0', measurandZh: '误差 0' });
    expect(found(index, asked, LIMIT)).toEqual(found(buildIndex([...kept, index.rows.get('renamed')!]), asked, LIMIT));
    for (const { id } of kept) remove(index, id);
    expect(looksAt(asked)).toBeLessThanOrEqual(33);
  });

  it('a limit gives the head of the whole list', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 25 }), anyNeed, fc.integer({ min: 0, max: 4 }), (rows, need, limit) => {
        const index = buildIndex(rows);
        const whole = found(index, need, LIMIT);
        expect(found(index, need, limit)).toEqual({
          ...whole,
          fits: whole.fits.slice(0, limit),
          nearMisses: whole.nearMisses.slice(0, limit),
        });
      }),
    );
  });

  it('keeps to the centres allowed', () => {
    const rows = ['a', 'b'].flatMap((centre) => templates.slice(0, 13).map((t) => ({ ...t, id: `${centre}-${t.id}`, centreId: centre })));
    const need: Need = { ...NOTHING, unit: mm, extent: [{ min: 0, max: 0.01 }] };
    const index = buildIndex(rows);
    expect(new Set(findMatches(index, need, { limit: 50 }).fits.map((m) => m.centreId))).toEqual(new Set(['a', 'b']));
    expect(new Set(findMatches(index, need, { limit: 50, centres: new Set(['b']) }).fits.map((m) => m.centreId))).toEqual(new Set(['b']));
  });
});

/** Nothing is left behind by removals. */
const sizes = ({ rows, groups }: NeedIndex) => [rows.size, groups.size];
