import { eq, inArray } from 'drizzle-orm';
import type { Change } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { type Live, live } from '#app/core/live.server.ts';
import { fieldKey } from '#app/modules/capability/fields.ts';
import { holdsAt, type Validity } from '#app/modules/capability/validity.ts';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { service, serviceCapability } from '#db/schema/catalogue.ts';
import { accreditation, centre, park } from '#db/schema/centres.ts';
import { Catalogue, type CentreCard, type ParkCard, type ServiceCard } from './catalogue.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;

/** Past so many changes at once (an import, a seed) reading everything is cheaper than asking for each by its id. */
const MOST_AT_ONCE = 500;

export type LiveCatalogue = Live<Catalogue>;

/** A catalogue that keeps up with the tables. */
export function loadCatalogue(deps: Needs): LiveCatalogue {
  return live(deps, async () => {
    const value = new Catalogue();
    const keeper = new Keeper(value, deps);
    await keeper.loadAll();
    return { value, apply: (changes) => keeper.apply(changes) };
  });
}

class Keeper {
  readonly #catalogue: Catalogue;
  readonly #deps: Needs;
  /** When the first accreditation begins or ends to count: its centre's cards are made again then. */
  #reviewAt = Number.POSITIVE_INFINITY;

  constructor(catalogue: Catalogue, deps: Needs) {
    this.#catalogue = catalogue;
    this.#deps = deps;
  }

  async loadAll(): Promise<void> {
    await this.#deps.db.read(async (q) => {
      for (const row of await q.select().from(park)) this.#catalogue.putPark(parkCard(row));
      await this.#loadCentres(q);
      await this.#loadServices(q);
    });
  }

  async apply(changes: Change[]): Promise<void> {
    const expired = this.#deps.clock() >= this.#reviewAt;
    if (changes.length === 0 && !expired) return;
    const refs = (kind: Change['kind']) => [...new Set(changes.filter((change) => change.kind === kind).map((change) => change.ref))];
    const centres = refs('centre');
    const rows = refs('capability').flatMap((id) => this.#catalogue.servicesOn(id).map((card) => card.id));
    // A row may stand under another accreditation now.
    const services = [...new Set([...refs('service'), ...rows])];
    if (centres.length + services.length > MOST_AT_ONCE) return this.loadAll();
    await this.#deps.db.read(async (q) => {
      if (centres.length > 0 || expired) await this.#loadCentres(q, expired ? undefined : centres);
      if (services.length > 0) await this.#loadServices(q, services);
    });
  }

  async #loadCentres(q: Queries, ids?: string[]): Promise<void> {
    const now = this.#deps.clock();
    const rows = await (ids ? q.select().from(centre).where(inArray(centre.id, ids)) : q.select().from(centre));
    const held = await (ids ? q.select().from(accreditation).where(inArray(accreditation.centreId, ids)) : q.select().from(accreditation));
    if (!ids) this.#reviewAt = Number.POSITIVE_INFINITY;
    for (const row of rows) {
      const counted = held.filter((a) => a.centreId === row.id && a.checkState !== 'refused' && now < a.validUntil);
      for (const a of counted) this.#reviewAt = Math.min(this.#reviewAt, a.validFrom > now ? a.validFrom : a.validUntil);
      const inForce = counted.filter((a) => a.validFrom <= now);
      this.#catalogue.putCentre(centreCard(row, this.#catalogue.parks.get(row.parkId ?? '') ?? null, inForce));
    }
  }

  async #loadServices(q: Queries, ids?: string[]): Promise<void> {
    const rows = await (ids
      ? q.select().from(service).where(inArray(service.id, ids))
      : q.select().from(service).where(eq(service.status, 'published')));
    const now = this.#deps.clock();
    const joined = q
      .select({
        serviceId: serviceCapability.serviceId,
        capabilityId: serviceCapability.capabilityId,
        under: capability.accreditationId,
        instrument: capability.instrumentZh,
        validFrom: capability.validFrom,
        validUntil: capability.validUntil,
      })
      .from(serviceCapability)
      .leftJoin(capability, eq(capability.id, serviceCapability.capabilityId));
    const links = await (ids ? joined.where(inArray(serviceCapability.serviceId, ids)) : joined);
    const capabilities = Map.groupBy(links, (link) => link.serviceId);
    for (const id of ids ?? []) if (!rows.some((row) => row.id === id)) this.#catalogue.removeService(id);
    for (const row of rows) {
      const of = this.#catalogue.centres.get(row.centreId);
      if (row.status !== 'published' || !of) this.#catalogue.removeService(row.id);
      else this.#catalogue.putService(serviceCard(row, of, capabilities.get(row.id) ?? [], now));
    }
  }
}

function parkCard(row: typeof park.$inferSelect): ParkCard {
  const { id, slug, nameZh, nameEn, cityZh, cityEn } = row;
  return { id, slug, nameZh, nameEn, cityZh, cityEn, claimed: row.organisationId !== null };
}

function centreCard(row: typeof centre.$inferSelect, of: ParkCard | null, inForce: (typeof accreditation.$inferSelect)[]): CentreCard {
  const { id, slug, nameZh, nameEn, cityZh, cityEn, latitude, longitude, timeZone, creditGrade, demonstration } = row;
  const accreditations = inForce.map(({ id, kind, number, validUntil, checkState, checkedFamilies }) => ({
    ...{ id, kind, number, validUntil },
    checked: checkState === 'accepted',
    families: checkedFamilies,
  }));
  return {
    id,
    slug,
    nameZh,
    nameEn,
    cityZh,
    cityEn,
    latitude,
    longitude,
    timeZone,
    creditGrade,
    demonstration,
    park: of,
    accreditations,
    claimed: row.organisationId !== null,
  };
}

type SoldRow = Validity & { capabilityId: string; under: string | null; instrument: string | null };

function serviceCard(row: typeof service.$inferSelect, of: CentreCard, rows: SoldRow[], now: number): ServiceCard {
  const { centreId, status, createdAt, updatedAt, ...card } = row;
  const under = new Map(rows.filter((one) => holdsAt(one, now)).map((one) => [one.capabilityId, one.under]));
  const soldOn = [...new Set(rows.flatMap(({ instrument }) => instrument ?? []))];
  return { ...card, field: fieldKey(card.field), centre: of, capabilityIds: rows.map((one) => one.capabilityId), under, soldOn };
}
