import { setImmediate as breathe } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { and, asc, eq, gt, inArray, lte, type SQL } from 'drizzle-orm';
import type { Change } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { type Keep, type Live, live } from '#app/core/live.server.ts';
import { rowFacts } from '#app/modules/capability/row-facts.server.ts';
import { fieldKey } from '#app/modules/capability/rules/fields.ts';
import { holdsAt, type Validity } from '#app/modules/capability/rules/validity.ts';
import { type AccreditationRow, type CentreRow, type ParkRow, readCentres } from '#app/modules/centres/read-centres.server.ts';
import { bookingOf } from '#app/modules/centres/verification/takes-money.ts';
import type { Queries } from '#db/queries.ts';
import { service, serviceCapability } from '#db/schema/catalogue.ts';
import { Catalogue, type CentreCard, type ParkCard, type ServiceCard } from './catalogue.ts';

type Needs = Pick<Deps, 'db' | 'clock'>;

/** Services read and put in place between two breaths of the process: some milliseconds, however many changed. */
const SLICE = 40;
/** Services read in one go: the database's part of it is some milliseconds too. */
const READ_AT_ONCE = 200;

export type LiveCatalogue = Live<Catalogue>;

/** A catalogue that keeps up with the tables. */
export function loadCatalogue(deps: Needs, keep?: Keep): LiveCatalogue {
  const filled = async (fill: (keeper: Keeper, value: Catalogue) => Promise<void>) => {
    const value = new Catalogue();
    const keeper = new Keeper(value, deps);
    await fill(keeper, value);
    return { value, apply: (changes: Change[]) => keeper.apply(changes) };
  };
  return live(
    deps,
    () => filled((keeper) => keeper.loadAll()),
    keep && {
      ...keep,
      name: 'catalogue',
      size: ({ services }) => services.size,
      save: (value) => value.save(),
      restore: (saved) =>
        filled((keeper, value) => {
          value.load(saved);
          return keeper.followCentres();
        }),
    },
  );
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
    await this.#loadCentres();
    for (let after: string | undefined = ''; after !== undefined; ) {
      const found: Awaited<ReturnType<typeof readNext>> = await this.#deps.db.read((q) => readNext(q, after as string));
      await this.#put(found);
      after = found.rows.at(-1)?.id;
    }
  }

  /** What of the centres is not as it was; time may have changed it too. */
  async followCentres(): Promise<void> {
    await this.#loadCentres();
  }

  async apply(changes: Change[]): Promise<void> {
    const expired = this.#deps.clock() >= this.#reviewAt;
    if (changes.length === 0 && !expired) return;
    const refs = (kind: Change['kind']) => [...new Set(changes.filter((change) => change.kind === kind).map((change) => change.ref))];
    const centres = refs('centre');
    if (expired) await this.#loadCentres();
    else for (const some of slices(centres)) await this.#loadCentres(some);
    // A row may stand under another accreditation now.
    const rows = refs('capability').flatMap((id) => this.#catalogue.services.idsOn(id));
    for (const some of slices([...new Set([...refs('service'), ...rows])])) {
      const found = await this.#deps.db.read((q) => readServices(q, some));
      const known = new Set(found.rows.map(({ id }) => id));
      for (const id of some) if (!known.has(id)) this.#catalogue.removeService(id);
      await this.#put(found);
    }
  }

  async #loadCentres(ids?: string[]): Promise<void> {
    const { rows, held, parks } = await this.#deps.db.read((q) => readCentres(q, ids));
    const now = this.#deps.clock();
    for (const row of parks) this.#catalogue.putPark(parkCard(row));
    if (!ids) this.#reviewAt = Number.POSITIVE_INFINITY;
    const changed: string[] = [];
    for (const [i, row] of rows.entries()) {
      if (i % SLICE === 0) await breathe();
      const counted = (held.get(row.id) ?? []).filter((a) => a.checkState !== 'refused' && now < a.validUntil);
      for (const a of counted) this.#reviewAt = Math.min(this.#reviewAt, a.validFrom > now ? a.validFrom : a.validUntil);
      const inForce = counted.filter((a) => a.validFrom <= now);
      const card = centreCard(row, this.#catalogue.parks.get(row.parkId ?? '') ?? null, inForce);
      // One accreditation that ends has all centres looked at, and one of them changes.
      if (isDeepStrictEqual(card, this.#catalogue.centres.get(row.id))) continue;
      changed.push(...this.#catalogue.putCentre(card));
    }
    // Nothing here can fail half-way: what was put above is never looked at again.
    for (const some of slices(changed)) {
      for (const id of some) this.#catalogue.followCentre(id);
      await breathe();
    }
  }

  async #put({ rows, links }: Awaited<ReturnType<typeof readServices>>): Promise<void> {
    const now = this.#deps.clock();
    for (const some of slices(rows)) {
      for (const row of some) {
        const of = this.#catalogue.centres.get(row.centreId);
        if (row.status !== 'published' || !of) this.#catalogue.removeService(row.id);
        else this.#catalogue.putService(serviceCard(row, of, links.get(row.id) ?? [], now));
      }
      await breathe();
    }
  }
}

const slices = <T>(list: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(list.length / SLICE) }, (_, i) => list.slice(i * SLICE, (i + 1) * SLICE));

async function readServices(q: Queries, ids: string[]) {
  const rows = await q.select().from(service).where(inArray(service.id, ids));
  const links = await linksOf(q, inArray(serviceCapability.serviceId, ids));
  return { rows, links: Map.groupBy(links, (link) => link.serviceId) };
}

/** The next of all that are published, by their ids; `after` is the last one read. */
async function readNext(q: Queries, after: string) {
  const rows = await q
    .select()
    .from(service)
    .where(and(eq(service.status, 'published'), gt(service.id, after)))
    .orderBy(asc(service.id))
    .limit(READ_AT_ONCE);
  const last = rows.at(-1)?.id ?? after;
  const links = await linksOf(q, and(gt(serviceCapability.serviceId, after), lte(serviceCapability.serviceId, last)));
  return { rows, links: Map.groupBy(links, (link) => link.serviceId) };
}

function linksOf(q: Queries, where: SQL | undefined) {
  const row = rowFacts(q);
  // Ordered: what a service says of its rows is the same however its tables lie on the disk.
  return q
    .select({
      serviceId: serviceCapability.serviceId,
      capabilityId: serviceCapability.capabilityId,
      under: row.under,
      instrument: row.instrument,
      validFrom: row.validFrom,
      validUntil: row.validUntil,
    })
    .from(serviceCapability)
    .leftJoin(row, eq(row.id, serviceCapability.capabilityId))
    .where(where)
    .orderBy(asc(serviceCapability.serviceId), asc(serviceCapability.capabilityId));
}

function parkCard(row: ParkRow): ParkCard {
  const { id, slug, nameZh, nameEn, cityZh, cityEn } = row;
  return { id, slug, nameZh, nameEn, cityZh, cityEn, claimed: row.organisationId !== null };
}

function centreCard(row: CentreRow, of: ParkCard | null, inForce: AccreditationRow[]): CentreCard {
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
    verified: row.verifiedAt !== null,
  };
}

type SoldRow = Validity & { capabilityId: string; under: string | null; instrument: string | null };

function serviceCard(row: typeof service.$inferSelect, of: CentreCard, rows: SoldRow[], now: number): ServiceCard {
  const { centreId, status, createdAt, updatedAt, ...card } = row;
  const under = new Map(rows.filter((one) => holdsAt(one, now)).map((one) => [one.capabilityId, one.under]));
  const soldOn = [...new Set(rows.flatMap(({ instrument }) => instrument ?? []))];
  const ways = { chosenBooking: card.booking, booking: bookingOf(card.booking, of.verified) };
  return { ...card, ...ways, field: fieldKey(card.field), centre: of, capabilityIds: rows.map((one) => one.capabilityId), under, soldOn };
}
