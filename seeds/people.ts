import type { membership, organisation, person, Role } from '#db/schema/identity.ts';
import centres from './data/demonstration-centres.json' with { type: 'json' };
import parks from './data/demonstration-parks.json' with { type: 'json' };
import smes from './data/demonstration-smes.json' with { type: 'json' };
import { seedId } from './ids.ts';
import { DEMONSTRATION_VERSION } from './legal.ts';

type DemonstrationAccount = {
  email: string;
  password: string;
  name: string;
  role: Role | 'operator';
  /** Slug of the organisation; empty for the operator. */
  organisation: string;
  organisationZh: string;
  organisationEn: string;
};

/** One for all: a demonstration has no secrets, and production refuses to start with it. */
export const DEMONSTRATION_PASSWORD = 'hengji-demo-2026';
const address = (local: string) => `${local}@demo.hengji.example`;

const account = (
  name: string,
  local: string,
  role: DemonstrationAccount['role'],
  of?: { slug: string; nameZh: string; nameEn: string },
): DemonstrationAccount => ({
  email: address(local),
  password: DEMONSTRATION_PASSWORD,
  name,
  role,
  organisation: of?.slug ?? '',
  organisationZh: of?.nameZh ?? '',
  organisationEn: of?.nameEn ?? '',
});

/** Every account of the demonstration; the first of each role is the one to show a newcomer. */
export const demonstrationAccounts: readonly DemonstrationAccount[] = [
  ...smes.flatMap((of) => [
    account(of.owner, of.email, 'owner', of),
    ...(of.member === '' ? [] : [account(of.member, `${of.email}.member`, 'member', of)]),
  ]),
  ...centres.flatMap((of) => [
    account(of.manager, of.email, 'manager', of),
    account(of.technician, `${of.email}.technician`, 'technician', of),
  ]),
  ...parks.map((of) => account(of.person.name, of.person.email, 'administrator', of)),
  account('衡集运营', 'operator', 'operator'),
];

export const organisationId = (slug: string) => seedId('organisation', slug);
export const personId = (email: string) => seedId('person', email);

export const demonstrationOrganisations = (createdAt: number): (typeof organisation.$inferInsert)[] => {
  const common = { demonstration: true, createdAt };
  return [
    ...parks.map(({ slug, nameZh, nameEn, cityZh }) => ({ slug, nameZh, nameEn, city: cityZh, kind: 'park' as const, taxNumber: null })),
    ...centres.map(({ slug, nameZh, nameEn, cityZh }) => ({
      slug,
      nameZh,
      nameEn,
      city: cityZh,
      kind: 'centre' as const,
      taxNumber: null,
    })),
    // 18 places, as the real ones have; MA00 with only zeros behind belongs to nobody.
    ...smes.map(({ slug, nameZh, nameEn, city }, i) => ({
      slug,
      nameZh,
      nameEn,
      city,
      kind: 'sme' as const,
      taxNumber: `91320500MA0000${String(i + 1).padStart(4, '0')}`,
    })),
  ].map((row) => ({ id: organisationId(row.slug), ...row, ...common }));
};

export const demonstrationPeople = (passwordHash: string, createdAt: number): (typeof person.$inferInsert)[] =>
  demonstrationAccounts.map(({ email, name, role }) => ({
    id: personId(email),
    email,
    name,
    passwordHash,
    locale: 'zh-CN',
    emailVerifiedAt: createdAt,
    operator: role === 'operator',
    demonstration: true,
    agreedTerms: DEMONSTRATION_VERSION,
    agreedPrivacy: DEMONSTRATION_VERSION,
    createdAt,
  }));

export const demonstrationMemberships = (createdAt: number): (typeof membership.$inferInsert)[] =>
  demonstrationAccounts.flatMap(({ email, role, organisation: slug }) =>
    role === 'operator'
      ? []
      : [
          {
            id: seedId('membership', `${email} ${slug}`),
            personId: personId(email),
            organisationId: organisationId(slug),
            role,
            createdAt,
          },
        ],
  );
