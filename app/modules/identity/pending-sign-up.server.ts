/** Sign-ups nobody has confirmed yet: each lies beside its own link, so that a later one takes nothing from an earlier one. */
import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { emailToken, membership, type OrganisationKind, organisation, person } from '#db/schema/identity.ts';
import { leadRole } from './roles.ts';

/** What a sign-up says; `kind` is empty for somebody who founds no organisation. */
export type SignUpFacts = {
  passwordHash: string;
  name: string;
  locale: string;
  kind: string;
  nameZh: string;
  nameEn: string;
  city: string;
};

/** As the person and their organisation stand now: the latest sign-up. */
export async function signUpFacts(q: Queries, personId: string): Promise<SignUpFacts | undefined> {
  const [row] = await q
    .select({ person, organisation })
    .from(person)
    .leftJoin(membership, eq(membership.personId, person.id))
    .leftJoin(organisation, eq(organisation.id, membership.organisationId))
    .where(eq(person.id, personId));
  if (!row) return undefined;
  const { passwordHash, name, locale } = row.person;
  const { kind = '', nameZh = '', nameEn = '', city } = row.organisation ?? {};
  return { passwordHash, name, locale, kind, nameZh, nameEn, city: city ?? '' };
}

/** Puts the facts of one sign-up in the place of whatever other was there. */
export async function applySignUp(tx: Queries, personId: string, facts: SignUpFacts): Promise<void> {
  const { passwordHash, name, kind, nameZh, nameEn, city } = facts;
  await tx
    .update(person)
    .set({ name, locale: facts.locale === 'en' ? 'en' : 'zh-CN', passwordHash })
    .where(eq(person.id, personId));
  if (kind === '') return;
  const [own] = await tx.select().from(membership).where(eq(membership.personId, personId));
  if (!own) return;
  const organisationKind = kind as OrganisationKind;
  await tx
    .update(membership)
    .set({ role: leadRole(organisationKind) })
    .where(eq(membership.id, own.id));
  await tx.update(organisation).set({ kind: organisationKind, nameZh, nameEn, city }).where(eq(organisation.id, own.organisationId));
}

/** However many sign up with one address: so many passwords are tried against a link at most, each costs a hash. */
const MOST_TRIED = 5;

/** The sign-ups a link may confirm: its own, then the others that wait for the same address, the oldest first. */
export async function waitingSignUps(q: Queries, personId: string, tokenHash: string, now: number): Promise<SignUpFacts[]> {
  const open = and(
    eq(emailToken.personId, personId),
    eq(emailToken.kind, 'verify'),
    isNull(emailToken.usedAt),
    gt(emailToken.expiresAt, now),
  );
  const rows = await q.select().from(emailToken).where(open).orderBy(asc(emailToken.createdAt), asc(emailToken.id));
  rows.sort((a, b) => Number(b.tokenHash === tokenHash) - Number(a.tokenHash === tokenHash));
  const facts = rows.map((row) => row.data as SignUpFacts).filter(({ passwordHash }) => passwordHash);
  return [...new Map(facts.map((one) => [one.passwordHash, one])).values()].slice(0, MOST_TRIED);
}
