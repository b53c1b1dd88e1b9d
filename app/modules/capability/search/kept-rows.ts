/** Rows of all scopes: packed, and made into objects when somebody looks at them. */
import { Chains, roomFor, type Saved } from '#app/core/columns.ts';
import { Packed } from '#app/core/packed.ts';
import { Names } from '#app/core/texts.ts';
import type { Capability, DeclaredRange } from '../rules/capability.ts';
import type { Unit } from '../rules/units/quantities.ts';

/** Made last; a page shows some dozens, a centre's own page its whole scope. */
const MOST_MADE = 4_000;

type Ends = [min: number, max: number, unit: Unit, baseMin: number, baseMax: number];
type Stored = Omit<Capability, 'id' | 'range' | 'parameters'> & { ends: Ends | null; parameters: [name: string, ...Ends][] };

export class KeptRows {
  readonly texts = new Names();
  readonly #ids = new Names();
  readonly #packed = new Packed<Stored>(this.texts);
  /** By row, one more than they are, 0 is none: its centre, what names it, and the accreditation it stands under. */
  #centreOf = new Int32Array(0);
  #namedBy = new Int32Array(0);
  #under = new Int32Array(0);
  readonly #named = new Names();
  readonly #ofCentre = new Chains();
  #countOf = new Int32Array(0);
  readonly #made = new Map<number, Capability>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(id: string): Capability | undefined {
    return this.at(this.#ids.numberOf(id));
  }

  has(row: number): boolean {
    return (this.#centreOf[row] ?? 0) > 0;
  }

  /** Number of the row of this id; -1 when there never was one. */
  numberOf(id: string): number {
    return this.#ids.numberOf(id);
  }

  at(row: number): Capability | undefined {
    const known = this.#made.get(row);
    if (known) return known;
    if (!this.has(row)) return undefined;
    const { ends, parameters, ...rest } = this.#packed.at(row);
    const made: Capability = {
      ...rest,
      id: this.#ids.at(row),
      range: ends && rangeOf(ends),
      parameters: parameters.map(([name, ...of]) => ({ name, range: rangeOf(of) })),
    };
    if (this.#made.size >= MOST_MADE) this.#made.delete(this.#made.keys().next().value!);
    this.#made.set(row, made);
    return made;
  }

  of(centreId: string): Capability[] {
    return this.#ofCentre.of(this.texts.numberOf(centreId)).map((row) => this.at(row)!);
  }

  countOf(centreId: string): number {
    return this.#countOf[this.texts.numberOf(centreId)] ?? 0;
  }

  /** Accreditations that rows of the centre stand under. */
  accreditationsOf(centreId: string): Set<string> {
    const numbers = new Set(this.#ofCentre.of(this.texts.numberOf(centreId)).map((row) => this.#under[row]!));
    numbers.delete(0);
    return new Set([...numbers].map((number) => this.texts.at(number - 1)));
  }

  /** Instruments and designations as rows state them, each with how many do, in the order of the first of them. */
  names(): Iterable<Pick<Capability, 'instrumentZh' | 'instrumentEn' | 'designation'> & { rows: number }> {
    const counts = new Map<number, number>();
    for (let row = 0; row < this.#ids.size; row++) {
      if (!this.has(row)) continue;
      const named = this.#namedBy[row]!;
      counts.set(named, (counts.get(named) ?? 0) + 1);
    }
    return [...counts].map(([named, rows]) => {
      const [instrumentZh, instrumentEn, designation] = JSON.parse(this.#named.at(named - 1)) as [string, string, string];
      return { instrumentZh, instrumentEn, designation, rows };
    });
  }

  /** @returns its number, and whether a name came or went with it */
  put(capability: Capability): { row: number; renamed: boolean } {
    const { id, range, parameters, ...rest } = capability;
    const row = this.#ids.add(id);
    this.#centreOf = roomFor(this.#centreOf, row + 1);
    this.#namedBy = roomFor(this.#namedBy, row + 1);
    this.#under = roomFor(this.#under, row + 1);
    const named = this.#named.add(JSON.stringify([capability.instrumentZh, capability.instrumentEn, capability.designation])) + 1;
    const renamed = !this.has(row) || this.#namedBy[row] !== named;
    const centre = this.texts.add(capability.centreId) + 1;
    if (this.#centreOf[row] !== centre) {
      if (this.has(row)) this.#leave(row);
      this.#ofCentre.add(centre - 1, row);
      this.#countOf = roomFor(this.#countOf, centre);
      this.#countOf[centre - 1]!++;
      this.#size++;
    }
    this.#centreOf[row] = centre;
    this.#namedBy[row] = named;
    const under = capability.accreditation?.check?.id;
    this.#under[row] = under === undefined ? 0 : this.texts.add(under) + 1;
    this.#packed.put(row, {
      ...rest,
      ends: range && endsOf(range),
      parameters: parameters.map(({ name, range: of }) => [name, ...endsOf(of)] as const),
    } as unknown as Stored);
    this.#made.delete(row);
    return { row, renamed };
  }

  remove(row: number): void {
    this.#leave(row);
    this.#centreOf[row] = 0;
    this.#made.delete(row);
  }

  #leave(row: number): void {
    const centre = this.#centreOf[row]! - 1;
    this.#ofCentre.remove(centre, row);
    this.#countOf[centre]!--;
    this.#size--;
  }

  save(): Saved {
    return {
      texts: this.texts.save(),
      ids: this.#ids.save(),
      packed: this.#packed.save(),
      centreOf: this.#centreOf,
      namedBy: this.#namedBy,
      under: this.#under,
      named: this.#named.save(),
      ofCentre: this.#ofCentre.save(),
      countOf: this.#countOf,
      size: this.#size,
    };
  }

  load(saved: Saved): void {
    this.texts.load(saved.texts as Saved);
    this.#ids.load(saved.ids as Saved);
    this.#packed.load(saved.packed as Saved);
    this.#centreOf = saved.centreOf as Int32Array<ArrayBuffer>;
    this.#namedBy = saved.namedBy as Int32Array<ArrayBuffer>;
    this.#under = saved.under as Int32Array<ArrayBuffer>;
    this.#named.load(saved.named as Saved);
    this.#ofCentre.load(saved.ofCentre as Saved);
    this.#countOf = saved.countOf as Int32Array<ArrayBuffer>;
    this.#size = saved.size as number;
  }
}

const endsOf = ({ min, max, unit, base }: DeclaredRange): Ends => [min, max, unit, base.min, base.max];
const rangeOf = ([min, max, unit, baseMin, baseMax]: Ends): DeclaredRange => ({ min, max, unit, base: { min: baseMin, max: baseMax } });
