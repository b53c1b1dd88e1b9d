import { describe, expect, it } from 'vitest';
import { factsOf } from './catalogue-facts.ts';
import { FacetColumn } from './facet-columns.ts';

const columnOf = (values: string[]) => {
  const column = new FacetColumn();
  for (const [service, value] of values.entries()) column.set(service, value);
  return column;
};

describe('facts of the catalogue', () => {
  const starts = { startsRevision: 0, asked: 0, at: [100, 50] as number[] };
  const facts = factsOf({
    living: Uint32Array.of(0b111),
    family: columnOf(['calibration', 'calibration', 'testing']),
    field: columnOf(['length', 'length', 'heat']),
    centreAt: (service) => [0, 1, 0][service]!,
    centres: 2,
    earliestAt: (service) => {
      starts.asked++;
      return starts.at[service] ?? Number.NaN;
    },
    get startsRevision() {
      return starts.startsRevision;
    },
  });

  it('count services, centres and fields', () => {
    expect([facts.services, facts.centres, facts.fields]).toEqual([
      3,
      2,
      [
        ['length', 2],
        ['heat', 1],
      ],
    ]);
    expect(facts.of(['calibration', 'testing', 'expert'], 0)).toMatchObject({ services: 3, centres: 2, earliest: 50 });
    expect(facts.of(['testing'], 0)).toMatchObject({ services: 1, centres: 1, earliest: null });
  });

  it('look for a first start again when it has come, or others are known, and not before', () => {
    expect(facts.of(['calibration'], 10).earliest).toBe(50);
    const { asked } = starts;
    expect(facts.of(['calibration'], 49).earliest).toBe(50);
    expect(starts.asked).toBe(asked);
    expect(facts.of(['calibration'], 50).earliest).toBe(100);
    starts.at = [70];
    starts.startsRevision++;
    expect(facts.of(['calibration'], 50).earliest).toBe(70);
  });
});
