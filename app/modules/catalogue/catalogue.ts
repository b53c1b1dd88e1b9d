/** What is on offer, held in memory: cards to show, and the index that finds them. Derived from the tables; see load-catalogue.server.ts. */
import type { Saved } from '#app/core/columns.ts';
import type { Field } from '#app/modules/capability/rules/fields.ts';
import type {
  CancelPolicy,
  CourseSession,
  Criterion,
  DeliveryMode,
  Operation,
  RangePrice,
  TravelZone,
  VolumeTier,
} from '#db/schema/catalogue.ts';
import type { Accreditation, Family } from '#db/schema/centres.ts';
import { type HeldAccreditation, type Standing, standingOfService } from './accreditation/standing-of-service.ts';
import { leastBill } from './bill.ts';
import { type CatalogueFacts, CountedFacts } from './catalogue-facts.ts';
import type { Place } from './distance.ts';
import { SearchIndex } from './search-index.ts';
import { ServiceCards } from './service-cards.ts';
import typed from './typed-words.json' with { type: 'json' };

export type ParkCard = { id: string; slug: string; nameZh: string; nameEn: string; cityZh: string; cityEn: string; claimed: boolean };

export type CentreCard = {
  id: string;
  slug: string;
  nameZh: string;
  nameEn: string;
  cityZh: string;
  cityEn: string;
  latitude: number | null;
  longitude: number | null;
  timeZone: string;
  park: ParkCard | null;
  /** In force at the time the card was made, and not refused; made again when the first of them begins or ends. */
  accreditations: HeldAccreditation[];
  creditGrade: string | null;
  demonstration: boolean;
  claimed: boolean;
  /** By an operator: only then it takes money. */
  verified: boolean;
};

export type ServiceCard = {
  id: string;
  slug: string;
  centre: CentreCard;
  family: Family;
  field: Field;
  nameZh: string;
  nameEn: string;
  summaryZh: string;
  summaryEn: string;
  requirementsZh: string;
  requirementsEn: string;
  instrumentZh: string;
  instrumentEn: string;
  specification: string;
  scorecard: Criterion[];
  /** Stored files, pictures and documents. */
  pictures: string[];
  operation: Operation | '';
  /** How it is booked now, and how its centre wants it: see `bookingOf`. */
  booking: 'instant' | 'approve';
  chosenBooking: 'instant' | 'approve';
  unit: 'piece' | 'hour' | 'day' | 'seat' | 'project';
  unitNet: number;
  volumeTiers: VolumeTier[];
  setupNet: number;
  vatBasisPoints: number;
  perPointNet: number;
  includedPoints: number;
  rangePrices: RangePrice[];
  travelZones: TravelZone[];
  memberBasisPoints: number;
  parkBasisPoints: number;
  leadDays: number;
  turnaroundDays: number;
  maxQuantity: number;
  answerHours: number;
  deliveryModes: DeliveryMode[];
  travelNet: number;
  courierNet: number;
  expediteBasisPoints: number | null;
  cancelPolicy: CancelPolicy;
  /** What finding a free start needs to know; see scheduling. */
  version: number;
  horizonDays: number;
  setupMinutes: number;
  minutesPerItem: number;
  bufferMinutes: number;
  sessions: CourseSession[] | null;
  /** What was confirmed to be sold on rows of other instruments; empty: nothing. */
  confirmed: string;
  capabilityIds: string[];
  /** Of each of these rows that holds now, the id of the accreditation it stands under; null for the centre's own statement. */
  under: ReadonlyMap<string, string | null>;
  /** Instruments of the rows, in Chinese. */
  soldOn: string[];
};

/** What a service says of accreditation, as a whole or for some of its rows. */
export const accreditationOf = ({ family, centre, under }: ServiceCard, of: Iterable<string> = under.keys()): Standing =>
  standingOfService(
    family,
    [...of].map((id) => under.get(id) ?? null),
    centre.accreditations,
  );

/** The kinds of accreditation a service may be found by: only what is checked, in force and stands behind all it is sold on. */
export const accreditedKinds = ({ state, under }: Standing): Accreditation[] =>
  state === 'accredited' ? [...new Set(under.map(({ kind }) => kind))] : [];

/** What people also call a kind of service and a way of delivery, traditional usage and English among it. */
const OTHERWISE: Record<Family | DeliveryMode, string> = typed.otherwise;

/** The value of the city facet in addresses: `suzhou`. */
export const cityKey = (cityEn: string): string => cityEn.toLowerCase().replaceAll(/[^a-z]+/g, '-');

export class Catalogue {
  readonly centres = new Map<string, CentreCard>();
  readonly parks = new Map<string, ParkCard>();
  readonly services = new ServiceCards((id) => this.centres.get(id));
  readonly search = new SearchIndex(this.services.ids, this.services.texts);
  readonly #centreBySlug = new Map<string, string>();
  #places: { cities: Map<string, { nameZh: string; nameEn: string }>; middles: Map<string, Place> } | undefined;
  #facts: CountedFacts | undefined;

  putPark(park: ParkCard): void {
    this.parks.set(park.id, park);
  }

  /** @returns its services, whose cards name the centre as it was: `followCentre` makes each of them again */
  putCentre(centre: CentreCard): Iterable<string> {
    this.centres.set(centre.id, centre);
    this.#places = undefined;
    this.#centreBySlug.set(centre.slug, centre.id);
    return this.services.idsOf(centre.id);
  }

  followCentre(serviceId: string): void {
    this.services.forget(serviceId);
    const card = this.services.get(serviceId);
    if (card) this.#index(card);
  }

  /** What the catalogue has in all; counted when first asked for, and followed from then on. */
  facts(): CatalogueFacts {
    const { services, search } = this;
    this.#facts ??= new CountedFacts({
      get living() {
        return search.living;
      },
      family: search.facets.columns.family,
      field: search.facets.columns.field,
      centreAt: (service) => services.centreAt(service),
      earliestAt: (service) => search.earliestAt(service),
      changedStarts: search.changedStarts,
    });
    return this.#facts.now();
  }

  putService(card: ServiceCard): void {
    this.#counted(card.id, () => {
      this.services.put(card);
      this.#index(card);
    });
  }

  #counted(id: string, change: () => void): void {
    const before = this.#facts?.at(this.services.ids.numberOf(id));
    change();
    this.#facts?.follow(this.services.ids.numberOf(id), before);
  }

  #index(card: ServiceCard): void {
    const { centre } = card;
    const accreditations = accreditedKinds(accreditationOf(card));
    this.search.upsert({
      id: card.id,
      slug: card.slug,
      centreId: centre.id,
      family: card.family,
      field: card.field,
      city: cityKey(centre.cityEn),
      park: centre.park?.slug ?? null,
      accreditations,
      deliveryModes: card.deliveryModes,
      booking: card.booking,
      price: leastBill(card, 1).gross,
      instrument: [card.instrumentZh, card.instrumentEn].filter(Boolean),
      soldOn: card.soldOn,
      nameZh: card.nameZh,
      strongText: [card.nameZh, card.nameEn, card.instrumentZh, card.instrumentEn, card.specification].join(' · '),
      weakText: [
        centre.nameZh,
        centre.nameEn,
        centre.cityZh,
        centre.cityEn,
        centre.park?.nameZh,
        centre.park?.nameEn,
        card.summaryZh,
        card.summaryEn,
        OTHERWISE[card.family],
        ...card.deliveryModes.map((mode) => OTHERWISE[mode]),
        ...new Set(centre.accreditations.map(({ kind }) => (kind === 'internal' ? '' : kind))),
      ].join(' · '),
      weight: (accreditations.length > 0 ? 2 : 0) + (card.booking === 'instant' ? 1 : 0),
    });
  }

  removeService(id: string): void {
    this.#counted(id, () => {
      if (this.services.remove(id)) this.search.remove(id);
    });
  }

  centreBySlug(slug: string): CentreCard | undefined {
    return this.centres.get(this.#centreBySlug.get(slug) ?? '');
  }

  parkBySlug(slug: string): ParkCard | undefined {
    for (const park of this.parks.values()) if (park.slug === slug) return park;
    return undefined;
  }

  serviceBySlug(slug: string): ServiceCard | undefined {
    return this.services.bySlug(slug);
  }

  servicesOf(centreId: string): ServiceCard[] {
    return this.services.of(centreId);
  }

  /** Cities with claimed centres, by key, with their names. */
  cities(): Map<string, { nameZh: string; nameEn: string }> {
    return this.#derived().cities;
  }

  /** The middle of a city's centres; null when none says where it is. */
  middleOf(city: string): Place | null {
    return this.#derived().middles.get(city) ?? null;
  }

  /** Published services sold on a capability row. */
  servicesOn(capabilityId: string): ServiceCard[] {
    return this.services.on(capabilityId);
  }

  #derived() {
    if (this.#places) return this.#places;
    const cities = new Map<string, { nameZh: string; nameEn: string }>();
    const sums = new Map<string, Place & { count: number }>();
    for (const { cityZh, cityEn, claimed, latitude, longitude } of this.centres.values()) {
      const key = cityKey(cityEn);
      if (claimed) cities.set(key, { nameZh: cityZh, nameEn: cityEn });
      if (latitude === null || longitude === null) continue;
      const sum = sums.get(key) ?? { latitude: 0, longitude: 0, count: 0 };
      sums.set(key, { latitude: sum.latitude + latitude, longitude: sum.longitude + longitude, count: sum.count + 1 });
    }
    const middles = new Map<string, Place>();
    for (const [key, { latitude, longitude, count }] of sums)
      middles.set(key, { latitude: latitude / count, longitude: longitude / count });
    this.#places = { cities, middles };
    return this.#places;
  }

  /** Centres and parks as their services were put down: what changed since is seen by comparing. */
  save(): Saved {
    const places = JSON.stringify({ parks: [...this.parks.values()], centres: [...this.centres.values()] });
    return { services: this.services.save(), search: this.search.save(), places };
  }

  /** Into a catalogue that holds nothing yet. */
  load(saved: Saved): void {
    const { parks, centres } = JSON.parse(saved.places as string) as { parks: ParkCard[]; centres: CentreCard[] };
    for (const park of parks) this.putPark(park);
    for (const centre of centres) this.putCentre({ ...centre, park: centre.park && this.parks.get(centre.park.id)! });
    this.services.load(saved.services as Saved);
    this.search.load(saved.search as Saved);
  }
}
