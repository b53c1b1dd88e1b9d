/** Sessions by lucia, which nothing outside this file knows. The id lucia works with is the hash; the cookie carries the secret. */
import { and, eq, lte, ne, sql } from 'drizzle-orm';
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia';
import { cookieName, overTls, secretIn } from '#app/core/cookies.ts';
import type { Deps } from '#app/core/deps.ts';
import { newSecret } from '#app/core/ids.server.ts';
import { isUnwritable } from '#db/errors.ts';
import type { Database } from '#db/open.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { membership, organisation, person, session } from '#db/schema/identity.ts';
import type { Caller } from './limits.server.ts';
import { hashOfSecret } from './secrets.server.ts';

/** `endsAt` is when it really ends, in UTC milliseconds. */
type SessionFacts = {
  createdAt: number;
  endsAt: number;
  userAgent: string;
  address: string;
  organisationId: string | null;
  awaitsCode: boolean;
};
type Owner = {
  person: Omit<typeof person.$inferSelect, 'passwordHash'>;
  memberships: { role: (typeof membership.$inferSelect)['role']; organisation: typeof organisation.$inferSelect }[];
};

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionFacts, Owner>;
    DatabaseSessionAttributes: SessionFacts;
    DatabaseUserAttributes: Owner;
  }
}

type Door = Pick<Database, 'read' | 'write'>;

/** A fortnight from the last extension. Lucia extends on use in the second half, so at most once a week. */
const LASTS = new TimeSpan(14, 'd');
/** However much it is used: after thirty days whoever has the cookie shows again who they are. */
const LONGEST_MS = 30 * 86_400_000;
export const LONGEST_AGENT = 300;

/** One statement for all a request needs to know of who asks: session, person, memberships with their organisations. */
const findSession = (q: Queries, id: string) =>
  prepare(q, 'identity_session', (p) =>
    p
      .select({ session, person, role: membership.role, joined: membership.createdAt, joinedAs: membership.id, organisation })
      .from(session)
      .innerJoin(person, eq(person.id, session.personId))
      .leftJoin(membership, eq(membership.personId, person.id))
      .leftJoin(organisation, eq(organisation.id, membership.organisationId))
      .where(eq(session.id, sql.placeholder('id'))),
  ).execute({ id });

const noLaterThanLast = (expiresAt: number) =>
  sql`case when ${session.createdAt} + ${LONGEST_MS} < ${expiresAt} then ${session.createdAt} + ${LONGEST_MS} else ${expiresAt} end`;

/** Lucia reads the machine's clock, the product the one it is handed: instants are shifted by the difference at this door. */
function adapterOver(door: Door, clock: () => number): Adapter {
  const toLucia = (instant: number) => new Date(instant + Date.now() - clock());
  const fromLucia = (date: Date) => date.getTime() - Date.now() + clock();
  const asLucia = (row: typeof session.$inferSelect): DatabaseSession => {
    const { id, personId, expiresAt: stored, ...facts } = row;
    const last = row.createdAt + LONGEST_MS;
    const endsAt = Math.min(stored, last);
    // One whose end is settled is shown to Lucia as fresh, or it would be extended at every use.
    const settled = endsAt === last || facts.awaitsCode;
    const expiresAt = settled && clock() < endsAt ? toLucia(clock() + LASTS.milliseconds()) : toLucia(endsAt);
    return { id, userId: personId, expiresAt, attributes: { ...facts, endsAt } };
  };
  return {
    async getSessionAndUser(id) {
      const rows = await door.read((q) => findSession(q, id));
      const [first] = rows;
      if (!first) return [null, null];
      const { passwordHash: _, ...owner } = first.person;
      // The oldest first.
      rows.sort((a, b) => (a.joined ?? 0) - (b.joined ?? 0) || ((a.joinedAs ?? '') < (b.joinedAs ?? '') ? -1 : 1));
      const memberships = rows.flatMap((row) => (row.role && row.organisation ? [{ role: row.role, organisation: row.organisation }] : []));
      return [asLucia(first.session), { id: owner.id, attributes: { person: owner, memberships } }];
    },
    getUserSessions: async (personId) =>
      (await door.read((q) => q.select().from(session).where(eq(session.personId, personId)).orderBy(session.createdAt))).map(asLucia),
    setSession: ({ id, userId, expiresAt, attributes: { endsAt: _, ...facts } }) =>
      door.write(async (tx) => {
        await tx.insert(session).values({ ...facts, id, personId: userId, expiresAt: fromLucia(expiresAt) });
      }),
    updateSessionExpiration: (id, expiresAt) =>
      door
        .write(async (tx) => {
          await tx
            .update(session)
            .set({ expiresAt: noLaterThanLast(fromLucia(expiresAt)) })
            .where(eq(session.id, id));
        })
        .catch((error) => {
          // Whoever only reads need not wait for a disk with room: the next request extends it.
          if (!isUnwritable(error)) throw error;
        }),
    deleteSession: (id) =>
      door.write(async (tx) => {
        await tx.delete(session).where(eq(session.id, id));
      }),
    deleteUserSessions: (personId) =>
      door.write(async (tx) => {
        await tx.delete(session).where(eq(session.personId, personId));
      }),
    deleteExpiredSessions: () =>
      door.write(async (tx) => {
        await tx.delete(session).where(lte(session.expiresAt, clock()));
      }),
  };
}

type Needs = Pick<Deps, 'db' | 'clock' | 'settings'>;

const COOKIE = 'session';

const luciaOver = (door: Door, { clock, settings }: Omit<Needs, 'db'>) =>
  new Lucia(adapterOver(door, clock), {
    sessionExpiresIn: LASTS,
    // The cookie outlives the session, whose end the database decides: nothing has to be sent again when it is extended.
    sessionCookie: {
      name: cookieName(settings, COOKIE),
      expires: false,
      attributes: { secure: overTls(settings), sameSite: 'lax', path: '/' },
    },
    getSessionAttributes: (facts) => facts,
    getUserAttributes: (owner) => owner,
  });
type Sessions = ReturnType<typeof luciaOver>;

const kept = new WeakMap<Database, Sessions>();
function lucia(deps: Needs): Sessions {
  const made = kept.get(deps.db) ?? luciaOver(deps.db, deps);
  kept.set(deps.db, made);
  return made;
}
/** Inside a transaction that is open already. */
const luciaIn = (tx: Queries, deps: Needs) => luciaOver({ read: (work) => work(tx), write: (work) => work(tx) }, deps);

/** The secret in the request's cookie; nothing for one that cannot be ours. */
export const sessionSecret = (settings: Deps['settings'], request: Request): string | undefined => secretIn(settings, request, COOKIE);

/**
 * @param organisationId the one acted for at first; the oldest membership's when left out
 * @returns the Set-Cookie header that opens the session
 */
export async function startSession(
  tx: Queries,
  deps: Needs,
  personId: string,
  from: Caller,
  organisationId: string | null = null,
): Promise<string> {
  const secret = newSecret();
  const auth = luciaIn(tx, deps);
  const facts: SessionFacts = {
    createdAt: deps.clock(),
    userAgent: from.userAgent.slice(0, LONGEST_AGENT),
    address: from.address,
    organisationId,
    endsAt: 0, // Lucia says
    awaitsCode: false,
  };
  await auth.createSession(personId, facts, { sessionId: hashOfSecret(secret) });
  return auth.createSessionCookie(secret).serialize();
}

/** How long the code of a second factor is waited for. */
const CODE_MS = 15 * 60_000;

/** The password was right, a code is still to come: a session that opens nothing else. @returns the Set-Cookie header */
export async function startWaitingSession(tx: Queries, deps: Needs, personId: string, from: Caller): Promise<string> {
  const secret = newSecret();
  await tx.insert(session).values({
    id: hashOfSecret(secret),
    personId,
    createdAt: deps.clock(),
    expiresAt: deps.clock() + CODE_MS,
    userAgent: from.userAgent.slice(0, LONGEST_AGENT),
    address: from.address,
    awaitsCode: true,
  });
  return lucia(deps).createSessionCookie(secret).serialize();
}

/** Who the secret belongs to, with memberships; nothing when it is unknown or over. Extends the session when it is due. */
export async function readSession(deps: Needs, secret: string) {
  const { session: open, user } = await lucia(deps).validateSession(hashOfSecret(secret));
  return open && user ? { session: open, person: user.person, memberships: user.memberships } : null;
}

export const sessionsOf = (deps: Needs, personId: string) => lucia(deps).getUserSessions(personId);
export const endSession = (tx: Queries, deps: Needs, id: string) => luciaIn(tx, deps).invalidateSession(id);
export const endSessionsOf = (tx: Queries, deps: Needs, personId: string) => luciaIn(tx, deps).invalidateUserSessions(personId);
export const endOtherSessions = (tx: Queries, personId: string, keep: string) =>
  tx.delete(session).where(and(eq(session.personId, personId), ne(session.id, keep)));

/** The Set-Cookie header that takes the cookie away. */
export const blankCookie = (deps: Needs): string => lucia(deps).createBlankSessionCookie().serialize();
