/** Cards of all published services: packed, and made into objects when somebody looks at them. */
import { Chains, roomFor, type Saved } from '#app/core/columns.ts';
import { Packed } from '#app/core/packed.ts';
import { Names } from '#app/core/texts.ts';
import { bookingOf } from '#app/modules/centres/verification/takes-money.ts';
import type { CentreCard, ServiceCard } from './catalogue.ts';

/** Made last; a page shows two dozen, a search by need looks at a few hundred. */
const MOST_MADE = 6_000;

/**
 * Capabilities by the numbers of their ids; what of them holds now, with the accreditation it stands under. How it is booked now follows from
 * its centre.
 */
type Stored = Omit<ServiceCard, 'id' | 'centre' | 'booking' | 'capabilityIds' | 'under'> & {
  centreId: string;
  rows: number[];
  under: [row: number, accreditationId: string | null][];
};

export class ServiceCards {
  /** Numbers of services: the same wherever services stand in rows. */
  readonly ids = new Names();
  readonly texts = new Names();
  readonly #cards = new Packed<Stored>(this.texts);
  /** By number: of a service its slug, centre and specification; of a slug, by its text's number, its service. One more than they are, 0 is none. */
  #slugOf = new Int32Array(0);
  #centreOf = new Int32Array(0);
  #specificationOf = new Int32Array(0);
  #withSlug = new Int32Array(0);
  readonly #centreIds = new Names();
  readonly #ofCentre = new Chains();
  #countOf = new Int32Array(0);
  /** By the number of the capability's id. */
  readonly #onCapability = new Chains();
  readonly #made = new Map<number, ServiceCard>();
  readonly #centre: (id: string) => CentreCard | undefined;
  #size = 0;

  /** @param centre as it is now */
  constructor(centre: (id: string) => CentreCard | undefined) {
    this.#centre = centre;
  }

  get size(): number {
    return this.#size;
  }

  /** Numbers are below it. */
  get end(): number {
    return this.ids.size;
  }

  get centres(): number {
    return this.#centreIds.size;
  }

  /** Number of the service's centre. */
  centreAt(service: number): number {
    return this.#centreOf[service]! - 1;
  }

  has(id: string): boolean {
    return this.#lives(this.ids.numberOf(id));
  }

  get(id: string): ServiceCard | undefined {
    return this.#at(this.ids.numberOf(id));
  }

  bySlug(slug: string): ServiceCard | undefined {
    return this.#at((this.#withSlug[this.texts.numberOf(slug)] ?? 0) - 1);
  }

  of(centreId: string): ServiceCard[] {
    return this.#ofCentre.of(this.#centreIds.numberOf(centreId)).map((service) => this.#at(service)!);
  }

  idsOf(centreId: string): string[] {
    return this.#ofCentre.of(this.#centreIds.numberOf(centreId)).map((service) => this.ids.at(service));
  }

  countOf(centreId: string): number {
    return this.#countOf[this.#centreIds.numberOf(centreId)] ?? 0;
  }

  on(capabilityId: string): ServiceCard[] {
    return this.#onCapability.of(this.texts.numberOf(capabilityId)).map((service) => this.#at(service)!);
  }

  idsOn(capabilityId: string): string[] {
    return this.#onCapability.of(this.texts.numberOf(capabilityId)).map((service) => this.ids.at(service));
  }

  *keys(): Generator<string> {
    for (let service = 0; service < this.end; service++) if (this.#lives(service)) yield this.ids.at(service);
  }

  *values(): Generator<ServiceCard> {
    for (let service = 0; service < this.end; service++) if (this.#lives(service)) yield this.#at(service)!;
  }

  /** From the service of this number on, at most so many; and where to go on. */
  some(from: number, most: number): { cards: ServiceCard[]; next: number } {
    const cards: ServiceCard[] = [];
    let next = from;
    for (; next < this.end && cards.length < most; next++) if (this.#lives(next)) cards.push(this.#at(next)!);
    return { cards, next };
  }

  /** Addresses in a lasting order, without the first so many. */
  *slugs(skip = 0): Generator<string> {
    for (let service = 0; service < this.end; service++)
      if (this.#lives(service) && skip-- <= 0) yield this.texts.at(this.#slugOf[service]! - 1);
  }

  /** How many stand behind each specification. */
  specifications(): Map<string, number> {
    const counts = new Uint32Array(this.texts.size + 1);
    for (let service = 0; service < this.end; service++) if (this.#lives(service)) counts[this.#specificationOf[service]!]!++;
    const found = new Map<string, number>();
    for (const [number, count] of counts.entries()) if (count > 0 && number > 0) found.set(this.texts.at(number - 1), count);
    return found;
  }

  /** @returns its number */
  put(card: ServiceCard): number {
    const service = this.ids.add(card.id);
    const before = this.#lives(service) ? this.#stored(service) : undefined;
    const { id: _, centre, booking: __, capabilityIds, under, ...rest } = card;
    const rows = capabilityIds.map((id) => this.texts.add(id));
    this.#makeRoom(service);
    this.#drop(service, before, { centreId: centre.id, slug: card.slug, rows });
    for (const row of rows) if (!before?.rows.includes(row)) this.#onCapability.add(row, service);
    if (before?.centreId !== centre.id) {
      const of = this.#centreIds.add(centre.id);
      this.#ofCentre.add(of, service);
      this.#countOf = roomFor(this.#countOf, of + 1);
      this.#countOf[of]!++;
      this.#centreOf[service] = of + 1;
    }
    const slug = this.texts.add(card.slug);
    this.#withSlug = roomFor(this.#withSlug, slug + 1);
    this.#withSlug[slug] = service + 1;
    if (!before) this.#size++;
    this.#slugOf[service] = slug + 1;
    this.#specificationOf[service] = this.texts.add(card.specification ?? '') + 1;
    this.#cards.put(service, { ...rest, centreId: centre.id, rows, under: Array.from(under, ([id, held]) => [this.texts.add(id), held]) });
    this.#made.delete(service);
    return service;
  }

  /** @returns whether there was one */
  remove(id: string): boolean {
    const service = this.ids.numberOf(id);
    if (!this.#lives(service)) return false;
    this.#drop(service, this.#stored(service), undefined);
    this.#withSlug[this.#slugOf[service]! - 1] = 0;
    this.#slugOf[service] = 0;
    this.#centreOf[service] = 0;
    this.#made.delete(service);
    this.#size--;
    return true;
  }

  /** Its centre is another by now. */
  forget(id: string): void {
    this.#made.delete(this.ids.numberOf(id));
  }

  #lives(service: number): boolean {
    return (this.#slugOf[service] ?? 0) > 0;
  }

  #stored(service: number): Stored {
    return this.#cards.at(service);
  }

  #at(service: number): ServiceCard | undefined {
    const made = this.#made.get(service);
    if (made) {
      // The last asked for stands last.
      this.#made.delete(service);
      this.#made.set(service, made);
      return made;
    }
    if (!this.#lives(service)) return undefined;
    const { centreId, rows, under, ...rest } = this.#stored(service);
    const centre = this.#centre(centreId)!;
    const card: ServiceCard = {
      id: this.ids.at(service),
      ...rest,
      centre,
      booking: bookingOf(rest.chosenBooking, centre.verified),
      capabilityIds: rows.map((row) => this.texts.at(row)),
      under: new Map(under.map(([row, held]) => [this.texts.at(row), held])),
    };
    if (this.#made.size >= MOST_MADE) this.#made.delete(this.#made.keys().next().value!);
    this.#made.set(service, card);
    return card;
  }

  #makeRoom(service: number): void {
    this.#slugOf = roomFor(this.#slugOf, service + 1);
    this.#centreOf = roomFor(this.#centreOf, service + 1);
    this.#specificationOf = roomFor(this.#specificationOf, service + 1);
  }

  /** Takes the service out where it will not stand any more. */
  #drop(service: number, before: Stored | undefined, after: Pick<Stored, 'centreId' | 'slug' | 'rows'> | undefined): void {
    if (!before) return;
    for (const row of before.rows) if (!after?.rows.includes(row)) this.#onCapability.remove(row, service);
    if (after?.centreId !== before.centreId) {
      const of = this.#centreIds.numberOf(before.centreId);
      this.#ofCentre.remove(of, service);
      this.#countOf[of]!--;
    }
    if (after?.slug !== before.slug) this.#withSlug[this.texts.numberOf(before.slug)] = 0;
  }

  save(): Saved {
    return {
      ids: this.ids.save(),
      texts: this.texts.save(),
      cards: this.#cards.save(),
      slugOf: this.#slugOf,
      centreOf: this.#centreOf,
      specificationOf: this.#specificationOf,
      withSlug: this.#withSlug,
      centreIds: this.#centreIds.save(),
      ofCentre: this.#ofCentre.save(),
      countOf: this.#countOf,
      onCapability: this.#onCapability.save(),
      size: this.#size,
    };
  }

  load(saved: Saved): void {
    this.ids.load(saved.ids as Saved);
    this.texts.load(saved.texts as Saved);
    this.#cards.load(saved.cards as Saved);
    this.#slugOf = saved.slugOf as Int32Array<ArrayBuffer>;
    this.#centreOf = saved.centreOf as Int32Array<ArrayBuffer>;
    this.#specificationOf = saved.specificationOf as Int32Array<ArrayBuffer>;
    this.#withSlug = saved.withSlug as Int32Array<ArrayBuffer>;
    this.#centreIds.load(saved.centreIds as Saved);
    this.#ofCentre.load(saved.ofCentre as Saved);
    this.#countOf = saved.countOf as Int32Array<ArrayBuffer>;
    this.#onCapability.load(saved.onCapability as Saved);
    this.#size = saved.size as number;
  }
}
