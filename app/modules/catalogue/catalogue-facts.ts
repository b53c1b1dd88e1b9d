/** What the catalogue has in all: what the home page says of it. */
import { type Bitmap, eachBit } from '#app/core/bitmap.ts';
import type { Field } from '#app/modules/capability/rules/fields.ts';
import type { FacetColumn } from './facet-columns.ts';

/** Of some families: how many services and centres, and the first free start of any that lies ahead (UTC ms). */
export type FamilyFacts = { services: number; centres: number; earliest: number | null };

export type CatalogueFacts = {
  services: number;
  centres: number;
  /** Services in each field, the fullest first. */
  fields: readonly [Field, number][];
  of(families: readonly string[], now: number): FamilyFacts;
};

type Values = Pick<FacetColumn, 'at' | 'values'>;
/** Services by their numbers. */
export type FactColumns = {
  living: Bitmap;
  family: Values;
  field: Values;
  centreAt(service: number): number;
  /** Numbers of centres are below it. */
  centres: number;
  /** NaN where none is known. */
  earliestAt(service: number): number;
  startsRevision: number;
};

export function factsOf(of: FactColumns): CatalogueFacts {
  const { living, family, field, centres } = of;
  const seen = new Uint8Array(centres);
  const seenIn = new Uint8Array(centres * family.values.length);
  const inFamily = new Uint32Array(family.values.length);
  const inField = new Map<number, number>();
  let services = 0;
  eachBit(living, (service) => {
    services++;
    const [own, centre] = [family.at(service), of.centreAt(service)];
    seen[centre] = 1;
    seenIn[own * centres + centre] = 1;
    inFamily[own]!++;
    inField.set(field.at(service), (inField.get(field.at(service)) ?? 0) + 1);
  });
  const kept = new Map<string, FamilyFacts & { starts: number; until: number }>();
  return {
    services,
    centres: seen.reduce((sum, one) => sum + one, 0),
    fields: [...inField].map(([number, count]) => [field.values[number] as Field, count] as const).sort((a, b) => b[1] - a[1]) as [
      Field,
      number,
    ][],
    of: (names, now) => {
      const key = names.join();
      const known = kept.get(key);
      // A first start is one until it has come, or another becomes known.
      if (known && known.starts === of.startsRevision && now < known.until) return known;
      const numbers = names.map((name) => family.values.indexOf(name)).filter((number) => number > 0);
      const asked = Uint8Array.from(family.values, (_, number) => Number(numbers.includes(number)));
      let first = Number.POSITIVE_INFINITY;
      eachBit(living, (service) => {
        if (asked[family.at(service)] === 0) return;
        const at = of.earliestAt(service);
        if (at > now && at < first) first = at;
      });
      let centresIn = 0;
      for (let centre = 0; centre < centres; centre++) if (numbers.some((number) => seenIn[number * centres + centre] === 1)) centresIn++;
      const facts = {
        services: numbers.reduce((sum, number) => sum + inFamily[number]!, 0),
        centres: centresIn,
        earliest: Number.isFinite(first) ? first : null,
        starts: of.startsRevision,
        until: first,
      };
      kept.set(key, facts);
      return facts;
    },
  };
}
