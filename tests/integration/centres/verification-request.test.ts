import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { operatorActor } from '#app/core/actor.ts';
import { firstBroken } from '#app/core/audit.server.ts';
import { folderStore } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { findEntries } from '#app/modules/catalogue/find-entry.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { hasCentre } from '#app/modules/centres/has-centre.server.ts';
import { saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { decideVerificationRequest } from '#app/modules/centres/verification/decide-request.server.ts';
import { askForEntry, type VerificationRequestInput } from '#app/modules/centres/verification/request-verification.server.ts';
import { withdrawVerificationRequest } from '#app/modules/centres/verification/withdraw-request.server.ts';
import {
  listVerificationRequests,
  readDocument,
  readOwnDocument,
  viewClaim,
  viewVerificationRequest,
} from '#app/read-models/view-requests.server.ts';
import { centre, verificationRequest } from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import { membership, organisation, person, type Role } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const folder = mkdtempSync(join(tmpdir(), 'hengji-verification-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const letter = { name: '授权书.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7 示范授权书') };
const SLUG = 'demo-canal-station';

/** A directory entry nobody has claimed, two operators, and newcomers without an entry. */
async function directory() {
  const deps = { ...(await testDeps()), files: folderStore(mkdtempSync(join(folder, 'f-'))) };
  const now = deps.clock();
  const someone = async (changes: Partial<typeof person.$inferInsert> = {}) => {
    const id = newId();
    await deps.db.write(async (tx) => {
      await tx.insert(person).values({ id, email: `${id}@example.test`, name: '示范', passwordHash: '', createdAt: now, ...changes });
    });
    return id;
  };
  const entryId = newId();
  await deps.db.write(async (tx) => {
    const names = { nameZh: '示范 · 运河计量站', nameEn: 'Demo · Canal Metrology Station', cityZh: '扬州', cityEn: 'Yangzhou' };
    await tx.insert(centre).values({ id: entryId, slug: SLUG, ...names, source: 'https://example.test/list', createdAt: now });
  });
  const newcomer = async (role: Role = 'manager'): Promise<Actor> => {
    const personId = await someone({ locale: 'en' });
    const organisationId = newId();
    await deps.db.write(async (tx) => {
      const names = { nameZh: '示范机构', nameEn: 'Demo Organisation' };
      await tx.insert(organisation).values({ id: organisationId, kind: 'centre', slug: organisationId, ...names, createdAt: now });
      await tx.insert(membership).values({ id: newId(), personId, organisationId, role, createdAt: now });
    });
    return { personId, organisationId, organisationKind: 'centre', role };
  };
  const ask = (actor: Actor, changes: Partial<VerificationRequestInput> = {}) =>
    askForEntry(deps, actor, { slug: SLUG, statement: '我们运营这个计量站。', documents: [letter], ...changes });
  const entry = async () => (await deps.db.read((q) => q.select().from(centre).where(eq(centre.id, entryId))))[0]!;
  const states = async () => {
    const rows = await deps.db.read((q) => q.select().from(verificationRequest));
    return new Map(rows.map((row) => [row.id, row.state]));
  };
  const mails = async (kind: string) =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')))).filter(({ payload }) => payload.kind === kind);
  const operators = [await someone({ operator: true }), await someone({ operator: true })] as const;
  return { deps, entryId, operators, newcomer, ask, entry, states, mails };
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: Record<string, string> }) =>
      [error.code, error.facts?.field, error.facts?.reason ?? error.facts?.state].filter(Boolean).join(' ') || String(error),
  );

describe('an unclaimed entry', () => {
  it('is found, asked for, given to who proves itself, and edited from then on', async () => {
    const { deps, entryId, operators, newcomer, ask, entry, mails } = await directory();
    const catalogue = loadCatalogue(deps);
    const found = async () => findEntries(await catalogue.current(), '扬州 计量').map(({ slug }) => slug);
    expect(await found()).toEqual([SLUG]);
    const asker = await newcomer();
    expect(await hasCentre(deps, asker)).toBe(false);
    const id = await ask(asker);
    expect(await mails('verification_request_waiting')).toHaveLength(2);
    expect((await listVerificationRequests(deps, operatorActor(operators[0]))).waiting.map((one) => one.id)).toEqual([id]);
    expect(await viewClaim(deps, asker, SLUG)).toMatchObject({ fault: 'waiting', verification: { id, state: 'waiting' } });

    await decideVerificationRequest(deps, operatorActor(operators[0]), id, { accept: true });
    expect(await entry()).toMatchObject({ organisationId: asker.organisationId, verifiedAt: deps.clock() });
    expect(await hasCentre(deps, asker)).toBe(true);
    expect(await found()).toEqual([]);
    expect((await catalogue.current()).centreBySlug(SLUG)?.claimed).toBe(true);
    expect((await mails('verification_request_decided')).map(({ payload }) => payload.facts)).toMatchObject([{ outcome: 'accepted' }]);
    expect(await deps.db.read((q) => firstBroken(q, `centre:${entryId}`))).toBeUndefined();

    const { profile, slug, verified } = await viewProfile(deps, asker);
    expect({ slug, verified }).toEqual({ slug: SLUG, verified: true });
    await saveCentre(deps, asker, { ...profile, introZh: '示范介绍' });
    expect(await entry()).toMatchObject({ introZh: '示范介绍', slug: SLUG, verifiedAt: deps.clock() });
  });

  it('is given back with a reason, and asked for again', async () => {
    const { deps, operators, newcomer, ask, entry, states, mails } = await directory();
    const asker = await newcomer();
    const first = await ask(asker);
    expect(await refusal(decideVerificationRequest(deps, operatorActor(operators[0]), first, { accept: false, reason: ' ' }))).toBe(
      'invalid_form reason needed',
    );
    expect(await refusal(decideVerificationRequest(deps, operatorActor(operators[0]), first, { accept: false, reason: 'a\u0000' }))).toBe(
      'invalid_form reason bad_character',
    );
    await decideVerificationRequest(deps, operatorActor(operators[0]), first, { accept: false, reason: '缺授权书' });
    expect((await mails('verification_request_decided')).map(({ payload }) => payload.facts)).toMatchObject([
      { outcome: 'refused', reason: '缺授权书' },
    ]);
    expect(await entry()).toMatchObject({ organisationId: null, verifiedAt: null });
    deps.time.now += 1;
    const second = await ask(asker);
    expect((await viewClaim(deps, asker, SLUG)).verification).toMatchObject({ id: second, state: 'waiting' });
    await withdrawVerificationRequest(deps, asker, second);
    expect(await refusal(withdrawVerificationRequest(deps, asker, second))).toBe('stale withdrawn');
    expect(await refusal(decideVerificationRequest(deps, operatorActor(operators[0]), second, { accept: true }))).toBe('stale withdrawn');
    expect([...(await states()).values()].sort()).toEqual(['refused', 'withdrawn']);
  });

  it('is asked for by several at once: one gets it, the others are told', async () => {
    const { deps, operators, newcomer, ask, entry, states, mails } = await directory();
    const [a, b, c] = [await newcomer(), await newcomer(), await newcomer()];
    const [ofA, ofB, ofC] = await Promise.all([ask(a), ask(b), ask(c)]);
    expect((await viewVerificationRequest(deps, operatorActor(operators[0]), ofA)).rivals.map(({ id }) => id).sort()).toEqual(
      [ofB, ofC].sort(),
    );
    const answers = await Promise.all([
      refusal(decideVerificationRequest(deps, operatorActor(operators[0]), ofA, { accept: true })),
      refusal(decideVerificationRequest(deps, operatorActor(operators[1]), ofB, { accept: true })),
    ]);
    expect(answers.sort()).toEqual(['none', 'stale refused']);
    const now = await states();
    expect([now.get(ofA), now.get(ofB)].sort()).toEqual(['accepted', 'refused']);
    expect(now.get(ofC)).toBe('refused');
    expect([a, b].map((actor) => actor.organisationId)).toContain((await entry()).organisationId);
    expect(
      (await mails('verification_request_decided')).map(({ payload }) => (payload.facts as { outcome: string }).outcome).sort(),
    ).toEqual(['accepted', 'taken', 'taken']);
    const loser = now.get(ofA) === 'accepted' ? b : a;
    expect(await refusal(ask(loser))).toBe('invalid_form entry taken');
  });

  it('is decided by one of two operators; the second is told', async () => {
    const { deps, operators, newcomer, ask } = await directory();
    const id = await ask(await newcomer());
    const answers = await Promise.all([
      refusal(decideVerificationRequest(deps, operatorActor(operators[0]), id, { accept: true })),
      refusal(decideVerificationRequest(deps, operatorActor(operators[1]), id, { accept: false, reason: '缺授权书' })),
    ]);
    expect(answers).toContain('none');
    expect(answers.find((answer) => answer !== 'none')).toMatch(/^stale (accepted|refused)$/);
  });

  it('that went elsewhere meanwhile, or to one with an entry of its own, is not given away', async () => {
    const { deps, entryId, operators, newcomer, ask, entry } = await directory();
    const [asker, other] = [await newcomer(), await newcomer()];
    const id = await ask(asker);
    const ownedBy = (organisationId: string | null) =>
      deps.db.write(async (tx) => void (await tx.update(centre).set({ organisationId }).where(eq(centre.id, entryId))));
    await ownedBy(other.organisationId);
    expect(await refusal(decideVerificationRequest(deps, operatorActor(operators[0]), id, { accept: true }))).toBe(
      'transition_refused taken',
    );
    await ownedBy(null);
    const names = { nameZh: '示范新中心', nameEn: '', cityZh: '扬州', cityEn: 'Yangzhou' };
    await deps.db.write(async (tx) => {
      await tx.insert(centre).values({ ...names, id: newId(), slug: 'another', organisationId: asker.organisationId, createdAt: 1 });
    });
    expect(await refusal(decideVerificationRequest(deps, operatorActor(operators[0]), id, { accept: true }))).toBe(
      'transition_refused own_entry',
    );
    expect((await entry()).organisationId).toBeNull();
    await decideVerificationRequest(deps, operatorActor(operators[0]), id, { accept: false, reason: '已有自建条目' });
    expect(await refusal(ask(asker))).toBe('invalid_form entry own_entry');
  });
});

describe('who may', () => {
  it('ask: managers of centres, one verification request at a time', async () => {
    const { deps, newcomer, ask } = await directory();
    const asker = await newcomer();
    expect(await refusal(ask(await newcomer('technician')))).toBe('forbidden');
    expect(await refusal(ask({ ...asker, organisationKind: 'sme', role: 'owner' }))).toBe('not_found');
    for (const slug of ['nowhere', 'a\u0000', '']) expect(await refusal(ask(asker, { slug }))).toBe('not_found');
    const answers = await Promise.all([refusal(ask(asker)), refusal(ask(asker))]);
    expect(answers.sort()).toEqual(['invalid_form entry waiting', 'none']);
    const market = await seedMarket(deps.db);
    expect(await refusal(ask(market.manager))).toBe('invalid_form entry own_entry');
    expect(await refusal(ask(await newcomer(), { slug: market.centreId }))).toBe('invalid_form entry taken');
    // Its own entry: to be verified, once.
    await deps.db.write(async (tx) => void (await tx.update(centre).set({ verifiedAt: null }).where(eq(centre.id, market.centreId))));
    const own = await ask(market.manager, { slug: market.centreId });
    await withdrawVerificationRequest(deps, market.manager, own);
    await deps.db.write(async (tx) => void (await tx.update(centre).set({ verifiedAt: 1 }).where(eq(centre.id, market.centreId))));
    expect(await refusal(ask(market.manager, { slug: market.centreId }))).toBe('invalid_form entry verified');
  });

  it('hand in: something said and one to five files; what is refused leaves no file', async () => {
    const { deps, newcomer, ask } = await directory();
    const asker = await newcomer();
    expect(await refusal(ask(asker, { statement: ' ' }))).toBe('invalid_form statement needed');
    expect(await refusal(ask(asker, { documents: [] }))).toBe('invalid_form documents none');
    expect(await refusal(ask(asker, { documents: Array(6).fill(letter) }))).toBe('invalid_form documents too_many');
    const large = { ...letter, bytes: Buffer.alloc(4.5 * 1024 * 1024, letter.bytes) };
    expect(await refusal(ask(asker, { documents: [large, large] }))).toBe('invalid_form documents together');
    const before = readdirSync(folder, { recursive: true }).length;
    expect(await refusal(ask(asker, { slug: 'nowhere' }))).toBe('not_found');
    expect(readdirSync(folder, { recursive: true })).toHaveLength(before);
    expect((await viewClaim(deps, asker, SLUG)).verification).toBeNull();
  });

  it('see the documents: the operator and the organisation, nobody else', async () => {
    const { deps, operators, newcomer, ask } = await directory();
    const [asker, stranger] = [await newcomer(), await newcomer()];
    const id = await ask(asker, { documents: [letter, { ...letter, name: '执照.pdf' }] });
    const { files } = await viewVerificationRequest(deps, operatorActor(operators[0]), id);
    expect(files.map(({ name }) => name).sort()).toEqual(['执照.pdf', '授权书.pdf'].sort());
    const file = files[0]?.id ?? '';
    expect((await readDocument(deps, operatorActor(operators[1]), id, file)).bytes).toEqual(letter.bytes);
    expect((await readOwnDocument(deps, asker, id, file)).bytes).toEqual(letter.bytes);
    expect(await refusal(readOwnDocument(deps, stranger, id, file))).toBe('not_found');
    expect(await refusal(readDocument(deps, operatorActor(asker.personId), id, file))).toBe('not_found');
    expect(await refusal(readDocument(deps, operatorActor(operators[0]), id, 'another'))).toBe('not_found');
    for (const no of ['a\u0000', '']) {
      expect(await refusal(viewVerificationRequest(deps, operatorActor(operators[0]), no))).toBe('not_found');
      expect(await refusal(readDocument(deps, operatorActor(operators[0]), no, file))).toBe('not_found');
      expect(await refusal(readOwnDocument(deps, asker, no, file))).toBe('not_found');
      expect(await refusal(decideVerificationRequest(deps, operatorActor(operators[0]), no, { accept: true }))).toBe('not_found');
      expect(await refusal(withdrawVerificationRequest(deps, asker, no))).toBe('not_found');
    }
    expect(await refusal(viewVerificationRequest(deps, operatorActor(asker.personId), id))).toBe('not_found');
    expect(await refusal(listVerificationRequests(deps, operatorActor(asker.personId)))).toBe('not_found');
    expect(await refusal(decideVerificationRequest(deps, operatorActor(asker.personId), id, { accept: true }))).toBe('not_found');
    expect(await refusal(withdrawVerificationRequest(deps, stranger, id))).toBe('not_found');
    expect(await refusal(withdrawVerificationRequest(deps, { ...asker, role: 'technician' }, id))).toBe('forbidden');
  });
});
