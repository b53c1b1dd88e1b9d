import { asc, eq, sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { countAll, prepare, type Queries } from '#db/queries.ts';
import { auditLog } from '#db/schema/core.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import { freshDatabase } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

/** Every shape a prepared statement of the product has: columns, JSON, expressions, objects from inner and left joins. */
const SHAPES = {
  columns: (q: Queries) => q.select().from(organisation).orderBy(asc(organisation.id)),
  json: (q: Queries) => q.select({ data: auditLog.data, at: auditLog.at }).from(auditLog).orderBy(asc(auditLog.chain)),
  expressions: (q: Queries) =>
    q
      .select({ kind: organisation.kind, count: countAll(), first: sql<string>`min(${organisation.id})` })
      .from(organisation)
      .groupBy(organisation.kind)
      .orderBy(organisation.kind),
  'inner join': (q: Queries) =>
    q
      .select({ person, role: membership.role, by: { name: person.name, role: membership.role } })
      .from(membership)
      .innerJoin(person, eq(person.id, membership.personId))
      .orderBy(asc(membership.id)),
  'left joins': (q: Queries) =>
    q
      .select({ person, role: membership.role, organisation })
      .from(person)
      .leftJoin(membership, eq(membership.personId, person.id))
      .leftJoin(organisation, eq(organisation.id, membership.organisationId))
      .orderBy(asc(person.id)),
};

async function people() {
  const db = await freshDatabase();
  await seedMarket(db);
  await db.write(async (tx) => {
    await tx
      .insert(person)
      .values({ id: 'alone', email: 'alone@example.test', name: '独', passwordHash: '', operator: true, createdAt: 1 });
    const row = { chain: 'a', position: 1, at: 2, actorId: null, action: 'x', previousHash: '', hash: '' };
    await prepare(tx, 'shapes_append', (q) =>
      q.insert(auditLog).values({
        ...row,
        chain: sql.placeholder('chain'),
        data: sql.placeholder('data'),
        actorId: sql.placeholder('actorId'),
      }),
    ).execute({ chain: 'order:1', data: { 单: ['µ', 1.5, null] }, actorId: null });
  });
  return db;
}

describe('prepared statements', () => {
  it.each(Object.entries(SHAPES))('give what the statement gives unprepared: %s', async (name, shape) => {
    const db = await people();
    const build = shape as (q: Queries) => ReturnType<typeof SHAPES.columns>;
    const [plain, once, again] = await db.read(async (q) => [
      await build(q),
      await prepare(q, `shapes_${name}`, build).execute(),
      await prepare(q, `shapes_${name}`, build).execute(),
    ]);
    expect(plain?.length).toBeGreaterThan(0);
    expect(once).toEqual(plain);
    expect(again).toEqual(plain);
  });

  it('keep an absent organisation apart from one without a tax number', async () => {
    const db = await people();
    const rows = await db.read((q) => prepare(q, 'shapes_left', SHAPES['left joins']).execute());
    expect(rows.find((row) => row.person.id === 'alone')).toMatchObject({ role: null, organisation: null, person: { operator: true } });
    expect(rows.find((row) => row.organisation?.kind === 'sme')?.organisation).toMatchObject({ taxNumber: null, demonstration: false });
  });

  it('refuse to run without a value', async () => {
    const db = await people();
    const byId = (q: Queries) =>
      q
        .select()
        .from(person)
        .where(eq(person.id, sql.placeholder('id')));
    await expect(db.read((q) => prepare(q, 'shapes_missing', byId).execute({}))).rejects.toThrow(/id/);
    expect(await db.read((q) => prepare(q, 'shapes_missing', byId).execute({ id: 'alone' }))).toHaveLength(1);
  });
});
