import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capability } from '#app/modules/capability/rules/capability.ts';
import type { Family } from '#db/schema/centres.ts';
import { FAMILIES } from '../facets.ts';
import { basisOf, type HeldAccreditation, standingOfCentre, standingOfService } from './standing-of-service.ts';

const held = (id: string, change: Partial<HeldAccreditation> = {}): HeldAccreditation => ({
  id,
  kind: 'CNAS',
  number: `L-${id}`,
  validUntil: 1,
  checked: true,
  families: ['calibration', 'testing'],
  ...change,
});

describe('what a service says of accreditation', () => {
  const a = held('a');
  const unchecked = held('u', { checked: false, families: [] });
  const producer = held('rm', { families: ['reference_material'] });
  const all = [a, unchecked, producer, held('i', { kind: 'internal' })];
  it.each([
    ['all rows under a checked one', 'calibration', ['a', 'a'], 'accredited'],
    ['a kind of service it was not accepted for', 'verification', ['a', 'a'], 'own'],
    ['all rows under one nobody has checked', 'calibration', ['u'], 'stated'],
    ['one row of its own among them', 'calibration', ['a', null], 'part'],
    ['one row under an unchecked one among them', 'calibration', ['a', 'u'], 'part'],
    ['its own rows', 'calibration', [null, null], 'own'],
    ['rows under an accreditation that ended or was refused', 'calibration', ['gone'], 'own'],
    ['rows under a quality statement of its own, looked at or not', 'calibration', ['i'], 'own'],
    ['no rows, of a family that needs them', 'testing', [], 'none'],
    ['a reference material, by a producer of them', 'reference_material', [], 'accredited'],
    ['a reference material sold on rows of the laboratory', 'reference_material', ['a'], 'none'],
    ['a course, whatever the laboratory is accredited for', 'training', [], 'none'],
    ['shared equipment with rows', 'shared_equipment', ['u'], 'none'],
  ] as [string, Family, (string | null)[], string][])('%s', (_, family, rows, state) => {
    expect(standingOfService(family, rows, all).state).toBe(state);
  });

  it('is never accredited but by what is checked, of that kind, and behind every row', () => {
    const one = fc.record({
      id: fc.constantFrom('1', '2', '3'),
      kind: fc.constantFrom('CNAS' as const, 'CMA' as const, 'internal' as const),
      checked: fc.boolean(),
      families: fc.subarray([...FAMILIES]),
    });
    const rows = fc.array(fc.option(fc.constantFrom('1', '2', '3', 'gone')), { maxLength: 4 });
    fc.assert(
      fc.property(fc.constantFrom(...FAMILIES), rows, fc.uniqueArray(one, { selector: ({ id }) => id }), (family, sold, given) => {
        const { state, under } = standingOfService(
          family,
          sold,
          given.map((some) => held(some.id, some)),
        );
        if (state !== 'accredited') return;
        expect(under.length).toBeGreaterThan(0);
        for (const some of under) expect(some.checked && some.kind !== 'internal' && some.families.includes(family)).toBe(true);
        for (const id of sold) expect(under.map((some) => some.id)).toContain(id);
        if (sold.length === 0) expect(['calibration', 'verification', 'testing']).not.toContain(family);
      }),
    );
  });

  it('of a centre: behind rows or of a kind without rows, else unused; unchecked only stated', () => {
    expect(standingOfCentre(a, true)).toBe('accredited');
    expect(standingOfCentre(a, false)).toBe('unused');
    expect(standingOfCentre(producer, false)).toBe('accredited');
    expect(standingOfCentre(unchecked, true)).toBe('stated');
    expect(standingOfCentre(held('i', { kind: 'internal' }), true)).toBe('own');
  });
});

describe('what a row says it stands under', () => {
  const row = (change: Partial<NonNullable<Capability['accreditation']>> | null) => ({
    accreditation: change && { kind: 'cnas' as const, validFrom: 0, validUntil: 10, ...change },
  });
  const accepted = { id: 'a', state: 'accepted' as const, families: ['calibration' as const] };
  it('is what was checked, in time, for this kind of service', () => {
    expect(basisOf(row({ check: accepted }), 5)).toEqual({ state: 'accredited', kind: 'CNAS' });
    expect(basisOf(row({ check: accepted }), 5, ['verification'])).toEqual({ state: 'own' });
    expect(basisOf(row({ check: accepted }), 11)).toEqual({ state: 'own' });
    expect(basisOf(row({}), 5)).toEqual({ state: 'stated', kind: 'CNAS' });
    expect(basisOf(row({ check: { ...accepted, state: 'refused' } }), 5)).toEqual({ state: 'own' });
    expect(basisOf(row({ kind: 'internal', check: accepted }), 5)).toEqual({ state: 'own' });
    expect(basisOf(row(null), 5)).toEqual({ state: 'own' });
  });
});
