/** What the catalogue has in all: what the home page says of it. */
import type { Field } from '#app/modules/capability/rules/fields.ts';
import type { Family } from '#db/schema/centres.ts';
import type { ServiceCard } from './catalogue.ts';
import type { SearchIndex } from './search-index.ts';

/** Of some families: how many services and centres, and the first free start of any that lies ahead (UTC ms). */
export type FamilyFacts = { services: number; centres: number; earliest: number | null };

export type CatalogueFacts = {
  services: number;
  centres: number;
  /** Services in each field, the fullest first. */
  fields: readonly [Field, number][];
  of(families: readonly string[], now: number): FamilyFacts;
};

type Card = Pick<ServiceCard, 'id' | 'family' | 'field' | 'centre'>;
type Starts = Pick<SearchIndex, 'earliest' | 'startsRevision'>;

export function factsOf(cards: Iterable<Card>, starts: Starts): CatalogueFacts {
  const centres = new Set<string>();
  const families = new Map<Family, { services: string[]; centres: Set<string> }>();
  const fields = new Map<Field, number>();
  let services = 0;
  for (const { id, family, field, centre } of cards) {
    services++;
    centres.add(centre.id);
    fields.set(field, (fields.get(field) ?? 0) + 1);
    const of = families.get(family) ?? { services: [], centres: new Set() };
    families.set(family, of);
    of.services.push(id);
    of.centres.add(centre.id);
  }
  const kept = new Map<string, FamilyFacts & { starts: number; until: number }>();
  return {
    services,
    centres: centres.size,
    fields: [...fields].sort((a, b) => b[1] - a[1]),
    of: (names, now) => {
      const key = names.join();
      const known = kept.get(key);
      // A first start is one until it has come, or another becomes known.
      if (known && known.starts === starts.startsRevision && now < known.until) return known;
      const some = names.flatMap((name) => families.get(name as Family) ?? []);
      let first = Number.POSITIVE_INFINITY;
      for (const { services } of some)
        for (const id of services) {
          const at = starts.earliest(id);
          if (at !== undefined && at > now && at < first) first = at;
        }
      const facts = {
        services: some.reduce((sum, one) => sum + one.services.length, 0),
        centres: new Set(some.flatMap((one) => [...one.centres])).size,
        earliest: Number.isFinite(first) ? first : null,
        starts: starts.startsRevision,
        until: first,
      };
      kept.set(key, facts);
      return facts;
    },
  };
}
