/** What the catalogue has in all: what the home page says of it. Counted once, then followed with each service that comes, changes or goes. */
import { type Bitmap, eachBit, hasBit } from '#app/core/bitmap.ts';
import { roomFor } from '#app/core/columns.ts';
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
  readonly living: Bitmap;
  family: Values;
  field: Values;
  centreAt(service: number): number;
  /** NaN where none is known. */
  earliestAt(service: number): number;
  /** Services whose first start is another; emptied here. */
  changedStarts: Set<number>;
};

/** The numbers of what a service is counted under. */
type Counted = { family: number; field: number; centre: number };

/** The first start among the services of a family, and whose it is. */
type First = { at: number; service: number };
const NO_START: First = { at: Number.POSITIVE_INFINITY, service: -1 };

export class CountedFacts {
  readonly #of: FactColumns;
  #services = 0;
  readonly #inFamily = new Counts();
  readonly #inField = new Counts();
  readonly #inCentre = new Counts();
  /** By the number of the family: services of each centre. */
  readonly #centresOf = new Map<number, Counts>();
  /** Centres that sell in any of some families. */
  readonly #centresKnown = new Map<string, number>();
  /** By the number of the family; none where it has to be looked for. */
  readonly #firsts = new Map<number, First>();

  constructor(of: FactColumns) {
    this.#of = of;
    eachBit(of.living, (service) => this.#count(this.at(service)!, 1));
  }

  /** What a service counts as now; nothing while it is not there. */
  at(service: number): Counted | undefined {
    const { living, family, field, centreAt } = this.#of;
    if (service < 0 || service >= living.length << 5 || !hasBit(living, service)) return undefined;
    return { family: family.at(service), field: field.at(service), centre: centreAt(service) };
  }

  /** @param before what the service counted as until now */
  follow(service: number, before: Counted | undefined): void {
    const after = this.at(service);
    if (before && after && before.family === after.family && before.field === after.field && before.centre === after.centre) return;
    if (before) {
      this.#count(before, -1);
      if (this.#firsts.get(before.family)?.service === service) this.#firsts.delete(before.family);
    }
    if (!after) return;
    this.#count(after, 1);
    this.#noteStart(service);
  }

  now(): CatalogueFacts {
    const { values } = this.#of.field;
    return {
      services: this.#services,
      centres: this.#inCentre.filled,
      fields: this.#inField
        .all()
        .map(([number, count]) => [values[number] as Field, count] as const)
        .sort((a, b) => b[1] - a[1]) as [Field, number][],
      of: (names, now) => this.#ofFamilies(names, now),
    };
  }

  #count({ family, field, centre }: Counted, by: 1 | -1): void {
    this.#centresKnown.clear();
    this.#services += by;
    this.#inFamily.add(family, by);
    this.#inField.add(field, by);
    this.#inCentre.add(centre, by);
    let centres = this.#centresOf.get(family);
    if (!centres) {
      centres = new Counts();
      this.#centresOf.set(family, centres);
    }
    centres.add(centre, by);
  }

  #noteStart(service: number): void {
    const family = this.at(service)?.family;
    const first = family === undefined ? undefined : this.#firsts.get(family);
    if (family === undefined || !first) return;
    const at = this.#of.earliestAt(service);
    if (at <= first.at) this.#firsts.set(family, { at, service });
    else if (first.service === service) this.#firsts.delete(family);
  }

  #ofFamilies(names: readonly string[], now: number): FamilyFacts {
    const numbers = names.map((name) => this.#of.family.values.indexOf(name)).filter((number) => number > 0);
    for (const service of this.#of.changedStarts) this.#noteStart(service);
    this.#of.changedStarts.clear();
    // A first start is one until it has come.
    const unknown = new Set(numbers.filter((number) => !((this.#firsts.get(number)?.at ?? now) > now)));
    if (unknown.size > 0) this.#lookForFirsts(unknown, now);
    const earliest = Math.min(...numbers.map((number) => this.#firsts.get(number)!.at));
    return {
      services: numbers.reduce((sum, number) => sum + this.#inFamily.of(number), 0),
      centres: this.#centresIn(numbers),
      earliest: Number.isFinite(earliest) ? earliest : null,
    };
  }

  /** Counted once between two changes: a centre that sells in two of the families is one. */
  #centresIn(families: readonly number[]): number {
    const key = families.join();
    const known = this.#centresKnown.get(key);
    if (known !== undefined) return known;
    const centres = new Set(families.flatMap((family) => this.#centresOf.get(family)?.all() ?? []).map(([centre]) => centre));
    this.#centresKnown.set(key, centres.size);
    return centres.size;
  }

  #lookForFirsts(families: ReadonlySet<number>, now: number): void {
    const [at, whose] = [new Float64Array(this.#of.family.values.length).fill(NO_START.at), new Int32Array(this.#of.family.values.length)];
    const wanted = Uint8Array.from(this.#of.family.values, (_, number) => Number(families.has(number)));
    eachBit(this.#of.living, (service) => {
      const family = this.#of.family.at(service);
      if (wanted[family] === 0) return;
      const start = this.#of.earliestAt(service);
      if (!(start > now && start < at[family]!)) return;
      at[family] = start;
      whose[family] = service;
    });
    for (const family of families)
      this.#firsts.set(family, at[family] === NO_START.at ? NO_START : { at: at[family]!, service: whose[family]! });
  }
}

/** How many of each number. */
class Counts {
  #of = new Int32Array(0);
  /** Numbers of which there is one. */
  filled = 0;

  add(number: number, by: 1 | -1): void {
    this.#of = roomFor(this.#of, number + 1);
    const before = this.#of[number]!;
    this.#of[number] = before + by;
    if (before === 0 || before + by === 0) this.filled += by;
  }

  of(number: number): number {
    return this.#of[number] ?? 0;
  }

  all(): [number: number, count: number][] {
    const found: [number, number][] = [];
    for (let number = 0; number < this.#of.length; number++) if (this.#of[number] !== 0) found.push([number, this.#of[number]!]);
    return found;
  }
}
