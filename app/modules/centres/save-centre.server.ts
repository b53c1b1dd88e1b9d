import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { slugOf } from '#app/core/slug.ts';
import { operatorsOf } from '#app/modules/identity/operators.server.ts';
import { organisationOf } from '#app/modules/identity/organisations.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { centre, park } from '#db/schema/centres.ts';
import type { RowsUnder } from './accreditation/announce-accreditation.server.ts';
import { checkAnew } from './accreditation/save-accreditation.server.ts';
import { isAskedFor } from './verification/prepared-entry.server.ts';
import { afterRename } from './verification/takes-money.ts';

export const PROFILE_FIELDS = [
  'nameZh',
  'nameEn',
  'cityZh',
  'cityEn',
  'addressZh',
  'addressEn',
  'phone',
  'introZh',
  'introEn',
  'parkId',
] as const;
export type CentreProfile = Record<(typeof PROFILE_FIELDS)[number], string>;

const NEEDED = ['nameZh', 'cityZh', 'cityEn'] as const;
const MOST = { name: 80, city: 40, address: 200, phone: 40, intro: 1_000 };
/** A number as it is dialled, with an extension: `+86 512-6288 1234`, `0512-62881234 转 8021`, `400-810-1234 ext. 2`. */
const PHONE = /^\+?[\d\s()（）-]{5,}(\s*(转|#|ext\.?|x)\s*\d{1,6})?$/i;
const limitOf = (field: string): number => Object.entries(MOST).find(([start]) => field.startsWith(start))?.[1] ?? 64;

/** What of a profile cannot stand: what is missing, and what is too long. English names of cities are what addresses and filters use. */
export function profileFaults(profile: CentreProfile): Partial<Record<keyof CentreProfile, 'needed' | 'too_long' | 'latin' | 'phone'>> {
  const faults: ReturnType<typeof profileFaults> = {};
  for (const field of PROFILE_FIELDS) if (profile[field].length > limitOf(field)) faults[field] = 'too_long';
  if (profile.cityEn && !/^[A-Za-z][A-Za-z' -]*$/.test(profile.cityEn)) faults.cityEn = 'latin';
  if (profile.phone && !(PHONE.test(profile.phone) && /(\d\D*){5}/.test(profile.phone))) faults.phone = 'phone';
  for (const field of NEEDED) if (!profile[field]) faults[field] = 'needed';
  return faults;
}

const ownCentre = (q: Queries, organisationId: string) =>
  q.select().from(centre).where(eq(centre.organisationId, organisationId)).orderBy(asc(centre.id)).limit(1);

/** The centre's profile as it is shown, and the parks it may lie in; for a new one the organisation's own names. @throws Problem not_found */
export async function viewProfile({ db }: Pick<Deps, 'db'>, actor: Actor) {
  requireRight(actor, 'centre.view');
  return db.read(async (q) => {
    const [own] = await ownCentre(q, actor.organisationId);
    const of = await organisationOf(q, actor.organisationId);
    const parks = await q
      .select({ id: park.id, nameZh: park.nameZh, nameEn: park.nameEn })
      .from(park)
      .orderBy(asc(park.nameZh), asc(park.id));
    const blank: Partial<CentreProfile> = { nameZh: of?.nameZh ?? '', nameEn: of?.nameEn ?? '', cityZh: of?.city ?? '' };
    const profile = Object.fromEntries(
      PROFILE_FIELDS.map((field) => [field, own ? (own[field] ?? '') : (blank[field] ?? '')]),
    ) as CentreProfile;
    const parkAsked = own?.askedParkId ?? null;
    if (parkAsked) profile.parkId = parkAsked;
    const verified = (own?.verifiedAt ?? null) !== null;
    const preparing = own?.preparing ?? false;
    const slug = preparing ? null : (own?.slug ?? null);
    return { profile, parkAsked: parkAsked !== null, slug, preparing, verified, verifiedAs: own?.verifiedAs ?? null, parks };
  });
}

/**
 * Makes the centre's entry in the directory, or changes it. Under another name it and its accreditations are checked anew. While an entry is
 * asked for, only what is prepared for it changes, under the name it has; when that came to nothing, it becomes an entry of its own.
 * @returns its slug; null while it is prepared
 * @throws Problem not_found, forbidden, invalid_form {field}
 */
export async function saveCentre(
  { db, clock, tell, rowsUnder }: Pick<Deps, 'db' | 'clock' | 'tell'> & { rowsUnder: RowsUnder },
  actor: Actor,
  profile: CentreProfile,
): Promise<string | null> {
  requireRight(actor, 'scope.state');
  const [fault] = Object.keys(profileFaults(profile));
  if (fault) throw new Problem('invalid_form', { field: fault });
  return db.write(async (tx) => {
    const now = clock();
    const [own] = await ownCentre(tx, actor.organisationId);
    const of = await organisationOf(tx, actor.organisationId);
    const id = own?.id ?? newId();
    const slug = own && !own.preparing ? own.slug : slugOf(profile.nameEn, 'centre', id);
    if (own?.preparing && (await isAskedFor(tx, actor.organisationId))) {
      const { nameZh, nameEn, parkId, ...told } = profile;
      await tx.update(centre).set(told).where(eq(centre.id, id));
      return null;
    }
    const columns = { ...profile, ...(await parkColumns(tx, profile.parkId, own?.parkId ?? null)) };
    if (own?.preparing) {
      await tx
        .update(centre)
        .set({ ...columns, slug, preparing: false })
        .where(eq(centre.id, id));
      await tell(tx, 'entryShown', { centreId: id }, now);
    } else if (own) {
      const renamed = own.nameZh !== columns.nameZh || own.nameEn !== columns.nameEn;
      await tx.update(centre).set(columns).where(eq(centre.id, id));
      if (renamed) {
        await checkAnew(tx, rowsUnder, id, now);
        await rename(tx, actor, own, { to: columns, now });
      }
    } else
      await tx.insert(centre).values({
        ...columns,
        id,
        slug,
        organisationId: actor.organisationId,
        demonstration: of?.demonstration ?? false,
        createdAt: now,
      });
    await announce(tx, 'centre', id, now);
    await audit(
      tx,
      { chain: `centre:${id}`, actorId: actor.personId, action: own && !own.preparing ? 'centre_changed' : 'centre_made', data: { slug } },
      now,
    );
    return slug;
  });
}

/** Under another name it is to be verified again: operators are told of both, and it takes no money meanwhile. */
async function rename(
  tx: Queries,
  { personId }: Actor,
  own: typeof centre.$inferSelect,
  { to, now }: { to: { nameZh: string; nameEn: string }; now: number },
): Promise<void> {
  const verified = afterRename(own, { zh: own.nameZh, en: own.nameEn }, { zh: to.nameZh, en: to.nameEn });
  if (verified.verifiedAt === own.verifiedAt && verified.verifiedAs?.at === own.verifiedAs?.at) return;
  await tx.update(centre).set(verified).where(eq(centre.id, own.id));
  const data = { from: [own.nameZh, own.nameEn], to: [to.nameZh, to.nameEn], verified: verified.verifiedAt !== null };
  await audit(tx, { chain: `centre:${own.id}`, actorId: personId, action: 'centre_renamed', data }, now);
  if (verified.verifiedAt !== null || own.verifiedAt === null) return;
  const facts = { beforeZh: own.nameZh, beforeEn: own.nameEn, centreZh: to.nameZh, centreEn: to.nameEn, link: '/operator' };
  for (const { email, locale } of await operatorsOf(tx)) await queueMail(tx, { kind: 'entry_renamed', to: email, locale, facts }, now);
}

/** A centre says in which park it lies; it stands there once the park has agreed (`decide-park-centre`). Saying another gives up the first. */
async function parkColumns(
  tx: Queries,
  said: string,
  agreed: string | null,
): Promise<{ parkId: string | null; askedParkId: string | null }> {
  if (said === '') return { parkId: null, askedParkId: null };
  const [found] = await tx.select({ id: park.id }).from(park).where(eq(park.id, said));
  if (!found) throw new Problem('invalid_form', { field: 'parkId' });
  return found.id === agreed ? { parkId: agreed, askedParkId: null } : { parkId: null, askedParkId: found.id };
}
