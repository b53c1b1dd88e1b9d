import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitmap, clearBit, setBit } from '#app/core/bitmap.ts';
import { CountedFacts } from './catalogue-facts.ts';
import { FacetColumn } from './facet-columns.ts';

type Service = { family: string; field: string; centre: number; start: number };

function catalogue() {
  const [family, field] = [new FacetColumn(), new FacetColumn()];
  const services = new Map<number, Service>();
  const living = bitmap(64);
  const changed = new Set<number>();
  let asked = 0;
  const columns = {
    living,
    family,
    field,
    centreAt: (service: number) => services.get(service)?.centre ?? -1,
    earliestAt: (service: number) => {
      asked++;
      return services.get(service)?.start ?? Number.NaN;
    },
    changedStarts: changed,
  };
  const put = (service: number, one: Service) => {
    services.set(service, one);
    setBit(living, service);
    family.set(service, one.family);
    field.set(service, one.field);
  };
  const drop = (service: number) => {
    clearBit(living, service);
    services.delete(service);
  };
  const start = (service: number, at: number) => {
    const known = services.get(service);
    if (known) services.set(service, { ...known, start: at });
    changed.add(service);
  };
  return { columns, put, drop, start, asked: () => asked };
}

const one = (family: string, field: string, centre: number, start = Number.NaN): Service => ({ family, field, centre, start });

describe('facts of the catalogue', () => {
  it('count services, centres and fields', () => {
    const { columns, put } = catalogue();
    put(0, one('calibration', 'length', 0, 100));
    put(1, one('calibration', 'length', 1, 50));
    put(2, one('testing', 'heat', 0));
    const { services, centres, fields, of } = new CountedFacts(columns).now();
    expect([services, centres, fields]).toEqual([
      3,
      2,
      [
        ['length', 2],
        ['heat', 1],
      ],
    ]);
    expect(of(['calibration', 'testing', 'expert'], 0)).toEqual({ services: 3, centres: 2, earliest: 50 });
    expect(of(['testing'], 0)).toEqual({ services: 1, centres: 1, earliest: null });
    expect(of([], 0)).toEqual({ services: 0, centres: 0, earliest: null });
  });

  it('look for a first start again when it has come or gone, and not before', () => {
    const { columns, put, start, asked } = catalogue();
    put(0, one('calibration', 'length', 0, 100));
    put(1, one('calibration', 'length', 1, 50));
    const { of } = new CountedFacts(columns).now();
    expect(of(['calibration'], 10).earliest).toBe(50);
    const before = asked();
    expect(of(['calibration'], 49).earliest).toBe(50);
    expect(asked()).toBe(before);
    expect(of(['calibration'], 50).earliest).toBe(100);
    start(1, 70);
    expect(of(['calibration'], 50).earliest).toBe(70);
    start(1, Number.NaN);
    expect(of(['calibration'], 50).earliest).toBe(100);
  });

  it('followed through changes are those counted anew', () => {
    const change = fc.record({
      service: fc.nat(12),
      what: fc.constantFrom('put', 'put', 'drop', 'start'),
      family: fc.constantFrom('calibration', 'testing', 'expert'),
      field: fc.constantFrom('length', 'heat'),
      centre: fc.nat(3),
      start: fc.oneof(fc.nat(20), fc.constant(Number.NaN)),
      look: fc.boolean(),
    });
    const families = [['calibration'], ['testing', 'expert'], ['calibration', 'testing', 'expert', 'other']];
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const { columns, put, drop, start } = catalogue();
        const followed = new CountedFacts(columns);
        for (const [now, { service, what, look, ...as }] of changes.entries()) {
          const before = followed.at(service);
          if (what === 'put') put(service, as);
          else if (what === 'drop') drop(service);
          else start(service, as.start);
          followed.follow(service, before);
          if (what === 'put' && before) start(service, as.start);
          if (!look) continue;
          const said = (facts: CountedFacts) => {
            const { services, centres, fields, of } = facts.now();
            return { services, centres, fields: new Map(fields), of: families.map((names) => of(names, now / 2)) };
          };
          expect(said(followed)).toEqual(said(new CountedFacts({ ...columns, changedStarts: new Set() })));
        }
      }),
    );
  });
});
