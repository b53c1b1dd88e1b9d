/** What an organisation prepares while its request for an entry of the directory waits: hidden, its own, and the entry's once it is accepted. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, getTableColumns, is, Table } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { type Actor, operatorActor } from '#app/core/actor.ts';
import { folderStore } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { handedDown } from '#app/http/handed-down.ts';
import { saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { viewScope } from '#app/modules/capability/import/view-scope.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { BLANK } from '#app/modules/catalogue/listing/listing-content.ts';
import { publishDrafts } from '#app/modules/catalogue/listing/publish-drafts.server.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { saveListing } from '#app/modules/catalogue/listing/save-listing.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { saveAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { hasCentre } from '#app/modules/centres/has-centre.server.ts';
import { saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { decideVerificationRequest } from '#app/modules/centres/verification/decide-request.server.ts';
import { askForEntry } from '#app/modules/centres/verification/request-verification.server.ts';
import { withdrawVerificationRequest } from '#app/modules/centres/verification/withdraw-request.server.ts';
import { askForQuote } from '#app/modules/enquiries/ask-for-quote.server.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { listChecks } from '#app/read-models/view-checks.server.ts';
import { viewClaim } from '#app/read-models/view-requests.server.ts';
import * as capabilityTables from '#db/schema/capability.ts';
import * as catalogueTables from '#db/schema/catalogue.ts';
import * as centreTables from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import * as enquiryTables from '#db/schema/enquiries.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import * as invoiceTables from '#db/schema/invoices.ts';
import * as listingTables from '#db/schema/listings.ts';
import * as messageTables from '#db/schema/messages.ts';
import * as orderTables from '#db/schema/orders.ts';
import * as schedulingTables from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'hengji-prepared-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { centre } = centreTables;
const SCHEMA = [
  capabilityTables,
  catalogueTables,
  centreTables,
  enquiryTables,
  invoiceTables,
  listingTables,
  messageTables,
  orderTables,
  schedulingTables,
];
const letter = { name: '授权书.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7 示范授权书') };
const SLUG = 'demo-canal-station';
const YEAR = 365 * 86_400_000;

async function waitingClaim() {
  const deps = { ...(await testDeps()), ...handedDown, files: folderStore(mkdtempSync(join(folder, 'f-'))) };
  const now = deps.clock();
  const someone = async (operator = false) => {
    const id = newId();
    await deps.db.write(async (tx) => {
      await tx.insert(person).values({ id, email: `${id}@example.test`, name: '示范', passwordHash: '', operator, createdAt: now });
    });
    return id;
  };
  const operator = operatorActor(await someone(true));
  const entryId = newId();
  await deps.db.write(async (tx) => {
    const names = { nameZh: '示范 · 运河计量站', nameEn: 'Demo · Canal Metrology Station', cityZh: '扬州', cityEn: 'Yangzhou' };
    await tx.insert(centre).values({ id: entryId, slug: SLUG, ...names, introZh: '公开介绍', source: 'list', createdAt: now });
  });
  const newcomer = async (): Promise<Actor> => {
    const [personId, organisationId] = [await someone(), newId()];
    await deps.db.write(async (tx) => {
      const names = { nameZh: '示范机构', nameEn: 'Demo Organisation' };
      await tx.insert(organisation).values({ id: organisationId, kind: 'centre', slug: organisationId, ...names, createdAt: now });
      await tx.insert(membership).values({ id: newId(), personId, organisationId, role: 'manager', createdAt: now });
    });
    return { personId, organisationId, organisationKind: 'centre', role: 'manager' };
  };
  const ask = (actor: Actor) => askForEntry(deps, actor, { slug: SLUG, statement: '我们运营这个计量站。', documents: [letter] });
  const actor = await newcomer();
  const requestId = await ask(actor);
  const entries = () => deps.db.read((q) => q.select().from(centre).where(eq(centre.organisationId, actor.organisationId)));
  const prepared = (await entries())[0]!;
  return { deps, operator, entryId, actor, requestId, newcomer, ask, entries, prepared };
}
type Claim = Awaited<ReturnType<typeof waitingClaim>>;

/** A bit of everything a workspace holds. */
async function prepare({ deps, actor, prepared }: Claim) {
  const held = await saveAccreditation(deps, actor, {
    id: null,
    kind: 'CNAS',
    number: 'L00001',
    scope: '',
    validFrom: deps.clock() - YEAR,
    validUntil: deps.clock() + YEAR,
    evidence: letter,
  });
  const text = {
    ...{ field: 'dimensional', instrument: '外径千分尺', measurand: '示值误差', method: 'JJG 21-2008', k: '2' },
    ...{ range: '(0~25) mm', uncertainty: 'U=1.0 μm' },
  };
  const dates = { validFrom: null, validUntil: null };
  const row = await saveRow(deps, actor, { id: null, text, accreditationId: held, reviewed: false, shown: '', ...dates });
  if (!('id' in row)) throw new Error(JSON.stringify(row.judged.notes));
  const bench = { id: null, nameZh: '工位一', nameEn: 'Bench 1', active: true, certificate: '', validUntil: null };
  const poolId = await savePool(deps, actor, {
    ...{ id: null, kind: 'bench', field: 'dimensional', nameZh: '长度工位', nameEn: 'Length benches', gridMinutes: 30 },
    ...{ weeklyHours: [[], [[540, 1020]], [[540, 1020]], [], [], [], []], observesHolidays: true, resources: [bench] },
  });
  const content = {
    ...{ ...BLANK, nameZh: '千分尺校准', nameEn: 'Micrometer calibration', summaryZh: '说明', unitNet: 18_000 },
    ...{ poolIds: [poolId], scope: ['外径千分尺 | JJG 21-2008'] },
  };
  const { serviceId } = await saveListing(deps, actor, { serviceId: null, content, revision: 0, version: 0 }, 'draft');
  await deps.db.write(async (tx) => {
    const own = { centreId: prepared.id, personId: actor.personId };
    await tx.insert(centreTables.centreMember).values({ ...own, organisationId: 'firm', createdAt: 1 });
    await tx.insert(schedulingTables.closure).values({ ...own, id: newId(), fromAt: 1, untilAt: 2, createdAt: 1 });
    await tx.insert(invoiceTables.taxRate).values({ ...own, validFrom: '2030-01-01', rate: '6', createdAt: 1 });
  });
  return { rowId: row.id, poolId, serviceId, content, held };
}

/** The accreditations operators are asked by mail to check. */
async function toldOf({ db }: Claim['deps']) {
  const letters = await db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')));
  const waiting = letters.filter(({ payload }) => payload.kind === 'accreditation_waiting');
  return waiting.map(({ payload }) => (payload.facts as { link: string }).link);
}

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: Record<string, string> }) =>
      [error.code, error.facts?.field, error.facts?.reason].filter(Boolean).join(' ') || String(error),
  );

describe('while the request waits', () => {
  it('the workspace is open, and nobody else sees what stands in it', async () => {
    const claim = await waitingClaim();
    const { deps, actor, operator, prepared, newcomer } = claim;
    const [catalogue, scopes] = [loadCatalogue(deps), loadScopes(deps)];
    await Promise.all([catalogue.current(), scopes.current()]);
    expect(await hasCentre(deps, actor)).toBe(true);
    expect(prepared).toMatchObject({ preparing: true, verifiedAt: null, nameZh: '示范 · 运河计量站', introZh: '公开介绍' });
    const { rowId, serviceId, content } = await prepare(claim);

    for (const [of, in_] of [
      [await catalogue.current(), await scopes.current()],
      [await loadCatalogue(deps).current(), await loadScopes(deps).current()],
    ] as const) {
      expect(of.centres.get(prepared.id)).toBeUndefined();
      expect(of.centreBySlug(prepared.slug)).toBeUndefined();
      expect(of.services.get(serviceId)).toBeUndefined();
      expect(in_.capabilities.size).toBe(0);
    }
    expect(await refusal(askForEntry(deps, await newcomer(), { slug: prepared.slug, statement: '一', documents: [letter] }))).toBe(
      'not_found',
    );
    const sme: Actor = { ...(await newcomer()), organisationKind: 'sme', role: 'owner' };
    const question = { path: '', said: '', text: '能校准千分尺吗？', quantity: 1, neededBy: '', once: 'once' };
    expect(await refusal(askForQuote(deps, sme, { ...question, centres: [prepared.slug] }))).toBe('invalid_form centres gone');
    expect((await listChecks(deps, operator)).waiting).toEqual([]);
    expect(await toldOf(deps)).toEqual([]);
    // Its own people do.
    expect((await viewScope(deps, await scopes.current(), actor)).map(({ id }) => id)).toEqual([rowId]);

    const draft = { serviceId, content, revision: 1, version: 0 };
    expect(await refusal(publishListing(deps, actor, draft))).toBe('invalid_form nameZh preparing');
    expect((await publishDrafts(deps, actor, [serviceId])).unpublished).toMatchObject([{ id: serviceId, reason: 'preparing' }]);
  });

  it('its profile is written under the name of the entry, and in no park', async () => {
    const { deps, actor, entries, entryId } = await waitingClaim();
    const { profile, slug, preparing } = await viewProfile(deps, actor);
    expect({ slug, preparing }).toEqual({ slug: null, preparing: true });
    const changed = { ...profile, nameZh: '别的名称', addressZh: '运河路 1 号', phone: '0514-1234 5678' };
    expect(await saveCentre(deps, actor, changed)).toBeNull();
    expect(await entries()).toMatchObject([{ nameZh: '示范 · 运河计量站', addressZh: '运河路 1 号', preparing: true, parkId: null }]);
    const [entry] = await deps.db.read((q) => q.select().from(centre).where(eq(centre.id, entryId)));
    expect(entry).toMatchObject({ addressZh: '', organisationId: null });
  });
});

describe('once it is accepted', () => {
  it('all that was prepared is the entry’s, is found, and can be sold', async () => {
    const claim = await waitingClaim();
    const { deps, actor, operator, entryId, requestId, entries, prepared } = claim;
    const [catalogue, scopes] = [loadCatalogue(deps), loadScopes(deps)];
    await Promise.all([catalogue.current(), scopes.current()]);
    const { rowId, serviceId, content, held } = await prepare(claim);
    await saveCentre(deps, actor, { ...(await viewProfile(deps, actor)).profile, addressZh: '运河路 1 号', phone: '0514-1234 5678' });
    await decideVerificationRequest(deps, operator, requestId, { accept: true });

    expect(await entries()).toMatchObject([
      { id: entryId, slug: SLUG, preparing: false, addressZh: '运河路 1 号', phone: '0514-1234 5678', verifiedAt: deps.clock() },
    ]);
    const tables = SCHEMA.flatMap((of) => Object.values(of)).filter((one) => is(one, Table));
    const named = tables.flatMap((table) => {
      const { centreId } = getTableColumns(table as typeof capabilityTables.capability);
      return centreId ? [{ table: table as typeof capabilityTables.capability, centreId }] : [];
    });
    expect(named.length).toBeGreaterThan(15);
    for (const { table, centreId } of named)
      expect(await deps.db.read((q) => q.select({ centreId }).from(table).where(eq(centreId, prepared.id)))).toEqual([]);
    expect((await scopes.current()).of(entryId).map(({ id }) => id)).toEqual([rowId]);
    expect((await listChecks(deps, operator)).waiting.map(({ id }) => id)).toEqual([held]);
    expect(await toldOf(deps)).toEqual([`/operator/accreditations/${held}`]);
    const { slug } = await publishListing(deps, actor, { serviceId, content, revision: 1, version: 0 });
    expect((await catalogue.current()).services.get(serviceId)).toMatchObject({ slug, centre: { id: entryId } });
  });

  it('of two who prepared for the same entry, each keeps its own', async () => {
    const { deps, actor, operator, requestId, newcomer, ask, entries } = await waitingClaim();
    const other = await newcomer();
    await ask(other);
    await decideVerificationRequest(deps, operator, requestId, { accept: true });
    expect(await entries()).toHaveLength(1);
    expect(await viewProfile(deps, other)).toMatchObject({ slug: null, preparing: true });
    expect(await viewProfile(deps, actor)).toMatchObject({ slug: SLUG, preparing: false });
    expect(await viewClaim(deps, other, SLUG)).toMatchObject({ own: null, fault: 'taken' });
  });
});

describe('when it comes to nothing', () => {
  it.each(['refused', 'withdrawn'])('%s: what was prepared is kept for the next request', async (how) => {
    const claim = await waitingClaim();
    const { deps, actor, operator, requestId, ask, entries, entryId, prepared } = claim;
    const { poolId } = await prepare(claim);
    if (how === 'withdrawn') await withdrawVerificationRequest(deps, actor, requestId);
    else await decideVerificationRequest(deps, operator, requestId, { accept: false, reason: '缺授权书' });
    expect(await entries()).toMatchObject([{ id: prepared.id, preparing: true }]);
    const again = await ask(actor);
    expect(await entries()).toMatchObject([{ id: prepared.id, preparing: true }]);
    await decideVerificationRequest(deps, operator, again, { accept: true });
    const { pool } = schedulingTables;
    expect(await deps.db.read((q) => q.select({ of: pool.centreId }).from(pool).where(eq(pool.id, poolId)))).toEqual([{ of: entryId }]);
  });

  it('another entry that is asked for keeps its place and its words; what the organisation wrote goes along', async () => {
    const { deps, actor, operator, requestId } = await waitingClaim();
    await saveCentre(deps, actor, { ...(await viewProfile(deps, actor)).profile, addressZh: '运河路 1 号', phone: '0514-1234 5678' });
    await withdrawVerificationRequest(deps, actor, requestId);
    const other = newId();
    const names = { nameZh: '示范 · 长城计量站', nameEn: 'Demo · Great Wall Station', cityZh: '北京', cityEn: 'Beijing' };
    await deps.db.write(async (tx) => {
      await tx
        .insert(centre)
        .values({ id: other, slug: 'great-wall', ...names, introZh: '长城介绍', timeZone: 'Asia/Urumqi', createdAt: 1 });
    });
    const again = await askForEntry(deps, actor, { slug: 'great-wall', statement: '也是我们。', documents: [letter] });
    expect((await viewProfile(deps, actor)).profile).toMatchObject({ ...names, introZh: '长城介绍', addressZh: '运河路 1 号' });
    await decideVerificationRequest(deps, operator, again, { accept: true });
    const [entry] = await deps.db.read((q) => q.select().from(centre).where(eq(centre.id, other)));
    expect(entry).toMatchObject({
      ...{ ...names, introZh: '长城介绍', timeZone: 'Asia/Urumqi', organisationId: actor.organisationId },
      ...{ addressZh: '运河路 1 号', phone: '0514-1234 5678' },
    });
  });

  it('it becomes an entry of its own, public with its scope', async () => {
    const claim = await waitingClaim();
    const { deps, actor, requestId, entries, prepared } = claim;
    const [catalogue, scopes] = [loadCatalogue(deps), loadScopes(deps)];
    await Promise.all([catalogue.current(), scopes.current()]);
    const { rowId, held } = await prepare(claim);
    await withdrawVerificationRequest(deps, actor, requestId);
    const { profile } = await viewProfile(deps, actor);
    const slug = await saveCentre(deps, actor, { ...profile, nameZh: '示范新中心', nameEn: 'Demo New Centre' });
    expect(slug).toMatch(/^demo-new-centre-/);
    expect(await entries()).toMatchObject([{ id: prepared.id, slug, preparing: false, nameZh: '示范新中心', verifiedAt: null }]);
    expect((await catalogue.current()).centreBySlug(slug ?? '')).toMatchObject({ claimed: true, verified: false });
    expect((await scopes.current()).of(prepared.id).map(({ id }) => id)).toEqual([rowId]);
    expect(await toldOf(deps)).toEqual([`/operator/accreditations/${held}`]);
  });
});
