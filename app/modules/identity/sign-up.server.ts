import { eq } from 'drizzle-orm';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { type Locale, queueMail } from '#app/core/mail.server.ts';
import type { Queries } from '#db/queries.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import { type Agreed, noteAgreement } from './agreement.server.ts';
import type { SignUpForm } from './forms.ts';
import { type Caller, countMailRequest } from './limits.server.ts';
import { mailVerification } from './mail-verification.server.ts';
import { judgeNewPassword } from './password-fault.server.ts';
import { hashPassword } from './passwords.server.ts';
import { applySignUp } from './pending-sign-up.server.ts';
import { leadRole } from './roles.ts';

/**
 * Puts down a person, their organisation and who leads it; nobody can sign in before the address is confirmed.
 * For an address that is taken the answer, the work and the time are the same: its owner is told by mail.
 * @throws Problem invalid_form for a password that will not do, before anything is put down; too_many_tries
 */
export async function signUp(deps: Deps, form: SignUpForm & { locale: Locale; agreed?: Agreed }, from: Caller): Promise<void> {
  await judgeNewPassword(form.password, form.email);
  await countMailRequest(deps, form.email, from);
  const passwordHash = await hashPassword(form.password);
  const now = deps.clock();
  await deps.db.write(async (tx) => {
    const [known] = await tx.select().from(person).where(eq(person.email, form.email));
    if (known?.emailVerifiedAt) return tellOwner(tx, known, now);
    const holder = known ? await replaceUnconfirmed(tx, known.id, form, passwordHash) : await create(tx, form, passwordHash, now);
    if (form.agreed) await noteAgreement(tx, holder.id, form.agreed, now);
    await mailVerification(tx, holder, now);
  });
}

/** Once an hour is enough. */
async function tellOwner(tx: Queries, owner: typeof person.$inferSelect, now: number) {
  const dedupeKey = `address_in_use:${owner.id}:${Math.floor(now / 3_600_000)}`;
  const facts = { name: owner.name, link: '/sign-in', resetLink: '/forgot' };
  await queueMail(tx, { kind: 'address_in_use', to: owner.email, locale: owner.locale, facts, dedupeKey }, now);
}

async function create(tx: Queries, form: SignUpForm & { locale: Locale }, passwordHash: string, now: number) {
  const holder = { id: newId(), email: form.email, name: form.name, locale: form.locale };
  await tx.insert(person).values({ ...holder, passwordHash, createdAt: now });
  const organisationId = newId();
  await tx
    .insert(organisation)
    .values({ id: organisationId, slug: slugFor(form.nameEn, organisationId), ...organisationOf(form), createdAt: now });
  const role = leadRole(form.kind);
  await tx.insert(membership).values({ id: newId(), personId: holder.id, organisationId, role, createdAt: now });
  await audit(
    tx,
    {
      chain: `organisation:${organisationId}`,
      actorId: holder.id,
      action: 'founded',
      data: { kind: form.kind, personId: holder.id, role },
    },
    now,
  );
  return holder;
}

/** Nobody has shown yet that the address is theirs: the latest sign-up is what stands there, the earlier ones stay with their links. */
async function replaceUnconfirmed(tx: Queries, personId: string, form: SignUpForm & { locale: Locale }, passwordHash: string) {
  const { email, name, locale } = form;
  await applySignUp(tx, personId, { passwordHash, name, locale, ...organisationOf(form) });
  return { id: personId, email, name, locale };
}

const organisationOf = (form: SignUpForm) => ({ kind: form.kind, nameZh: form.nameZh, nameEn: form.nameEn ?? '', city: form.city });

/** Readable where there is an English name, and never taken: the end of the identifier is random. */
const slugFor = (nameEn: string | undefined, id: string) => {
  const words = (nameEn ?? '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return [words, id.slice(-8)].filter(Boolean).join('-');
};
