import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { hashPassword } from '#app/modules/identity/passwords.server.ts';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { service, serviceCapability, servicePool, specification, stock } from '#db/schema/catalogue.ts';
import { accreditation, centre, centreMember, park, parkFirm } from '#db/schema/centres.ts';
import { cursor } from '#db/schema/core.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import { legalText } from '#db/schema/legal.ts';
import { closure, pool, poolVersion, resource } from '#db/schema/scheduling.ts';
import { demonstrationCapabilities } from './capabilities.ts';
import { demonstrationAccreditations, demonstrationCentres, demonstrationParks } from './centres.ts';
import { courseDates } from './course-dates.ts';
import { seedDay, today } from './day.ts';
import { directoryCentres, directoryParks } from './directory.ts';
import { writeHistory } from './history.server.ts';
import { demonstrationTexts } from './legal.ts';
import { demonstrationStock } from './listing-extras.ts';
import { DEMONSTRATION_PASSWORD, demonstrationMemberships, demonstrationOrganisations, demonstrationPeople } from './people.ts';
import { demonstrationClosures, demonstrationPools, demonstrationResources, poolVersions } from './pools.ts';
import { demonstrationMemberFirms, demonstrationParkFirms } from './price-rules.ts';
import { demonstrationServiceCapabilities, demonstrationServicePools, demonstrationServices } from './services.ts';
import { specifications } from './specifications.ts';
import { upsert } from './write.server.ts';

export { demonstrationAccounts } from './people.ts';

type SeedSummary = {
  parks: number;
  centres: number;
  specifications: number;
  capabilities: number;
  services: number;
  orders: number;
};

/** Where the day is kept on which the demonstration was first put down: seeding again on another day changes nothing. */
const CURSOR = 'seeds';
/** The demonstration's catalogue is this old on the day it is seeded. */
const CATALOGUE_AGE_DAYS = 215;

const HOUR_MS = 3_600_000;

/**
 * Puts the demonstration down, or makes what is there of it as it was: running it again changes nothing.
 * The same clock hour gives the same rows on every machine and engine, but for the salt of the password's hash.
 * @param options.history whether what has been booked, done and paid comes with it (some seconds); it is written once
 */
export async function seed({ db, clock }: Pick<Deps, 'db' | 'clock'>, { history = true } = {}): Promise<SeedSummary> {
  const passwordHash = await hashPassword(DEMONSTRATION_PASSWORD);
  const now = clock();
  return db.write(async (tx) => {
    const [before] = await tx.select().from(cursor).where(eq(cursor.name, CURSOR));
    const from = seedDay(before === undefined ? today(now) : Number(before.position));
    const createdAt = from.at(-CATALOGUE_AGE_DAYS);

    const summary = await writeCatalogue(tx, { from, createdAt, passwordHash });
    const written = before?.count ?? 0;
    const orders = written > 0 || !history ? written : await writeHistory(tx, from, createdAt, now - (now % HOUR_MS));
    if (!before || orders > written)
      await upsert(tx, cursor, [cursor.name], [{ name: CURSOR, position: String(from.day), at: now, count: orders }]);
    return { ...summary, orders };
  });
}

async function writeCatalogue(
  tx: Queries,
  { from, createdAt, passwordHash }: { from: ReturnType<typeof seedDay>; createdAt: number; passwordHash: string },
): Promise<Omit<SeedSummary, 'orders'>> {
  await upsert(tx, organisation, [organisation.id], demonstrationOrganisations(createdAt));
  await upsert(tx, person, [person.id], demonstrationPeople(passwordHash, createdAt), ['passwordHash', 'agreedTerms', 'agreedPrivacy']);
  await upsert(tx, legalText, [legalText.id], demonstrationTexts(createdAt), ['updatedById']);
  await upsert(tx, membership, [membership.id], demonstrationMemberships(createdAt));

  const parks = [...directoryParks(), ...demonstrationParks()];
  const centres = [...directoryCentres(createdAt), ...demonstrationCentres(createdAt)];
  const register = specifications();
  await upsert(tx, park, [park.id], parks);
  await upsert(tx, centre, [centre.id], centres);
  await upsert(tx, parkFirm, [parkFirm.parkId, parkFirm.organisationId], demonstrationParkFirms(createdAt));
  await upsert(tx, centreMember, [centreMember.centreId, centreMember.organisationId], demonstrationMemberFirms(createdAt));
  await upsert(tx, accreditation, [accreditation.id], demonstrationAccreditations(from), ['evidenceId']);
  await upsert(tx, specification, [specification.number], register);

  const capabilities = demonstrationCapabilities(createdAt);
  await upsert(tx, capability, [capability.id], capabilities);
  await upsert(tx, pool, [pool.id], demonstrationPools());
  await upsert(tx, resource, [resource.id], demonstrationResources());
  await upsert(tx, poolVersion, [poolVersion.poolId], poolVersions(), ['version']);
  await upsert(tx, closure, [closure.id], demonstrationClosures(from));

  const services = demonstrationServices(createdAt).map((row) => ({ ...row, sessions: courseDates(row.slug, from) }));
  await upsert(tx, service, [service.id], services, ['pictures', 'sessions']);
  await upsert(tx, stock, [stock.serviceId], demonstrationStock(), ['available']);
  await upsert(tx, servicePool, [servicePool.serviceId, servicePool.poolId], demonstrationServicePools());
  await upsert(tx, serviceCapability, [serviceCapability.serviceId, serviceCapability.capabilityId], demonstrationServiceCapabilities());

  return {
    parks: parks.length,
    centres: centres.length,
    specifications: register.length,
    capabilities: capabilities.length,
    services: services.length,
  };
}
