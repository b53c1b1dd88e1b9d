import { describe, expect, it } from 'vitest';
import type { CentreCard } from './catalogue.ts';
import { factsOf } from './catalogue-facts.ts';

const card = (id: string, family: 'calibration' | 'testing', centre: string, field = 'length') =>
  ({ id, family, field, centre: { id: centre } as CentreCard }) as Parameters<typeof factsOf>[0] extends Iterable<infer C> ? C : never;

describe('facts of the catalogue', () => {
  const starts = { startsRevision: 0, asked: 0, at: { a: 100, b: 50 } as Record<string, number> };
  const known = {
    earliest: (id: string) => {
      starts.asked++;
      return starts.at[id];
    },
    get startsRevision() {
      return starts.startsRevision;
    },
  };
  const facts = factsOf([card('a', 'calibration', 'x'), card('b', 'calibration', 'y'), card('c', 'testing', 'x', 'heat')], known);

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
    starts.at = { a: 70 };
    starts.startsRevision++;
    expect(facts.of(['calibration'], 50).earliest).toBe(70);
  });
});
