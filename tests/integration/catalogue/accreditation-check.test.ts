import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import { folderStore } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { removeRow, saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { type Check, checkAccreditation } from '#app/modules/catalogue/accreditation/check-accreditation.server.ts';
import { basisOf } from '#app/modules/catalogue/accreditation/standing-of-service.ts';
import { accreditationOf } from '#app/modules/catalogue/catalogue.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import {
  type AccreditationInput,
  removeAccreditation,
  saveAccreditation,
} from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { viewAccreditations } from '#app/read-models/view-accreditations.server.ts';
import { countWaiting, listChecks, readCertificate, viewCheck } from '#app/read-models/view-checks.server.ts';
import { viewRow } from '#app/read-models/view-row.server.ts';
import { service, serviceCapability } from '#db/schema/catalogue.ts';
import { accreditation, type Family } from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import { person } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const DAY = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'hengji-checks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const certificate = (text: string) => ({ name: '证书.pdf', type: 'application/pdf', bytes: Buffer.from(`%PDF-1.7 ${text}`) });
const MICROMETER = { field: 'dimensional', instrument: '外径千分尺', measurand: '示值误差', method: 'JJG 21-2008', k: '2' };
const CALIBRATION: Check = { accept: true, families: ['calibration'] };

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: Record<string, string> }) =>
      [error.code, error.facts?.field, error.facts?.reason].filter(Boolean).join(' ') || String(error),
  );

/** A centre whose service is sold on a row under one accreditation, and two operators. */
async function market() {
  const deps = { ...(await testDeps()), files: folderStore(mkdtempSync(join(folder, 'f-'))) };
  const m = await seedMarket(deps.db);
  const operators = await Promise.all(
    [0, 1].map(async () => {
      const id = newId();
      await deps.db.write(async (tx) => {
        await tx
          .insert(person)
          .values({ id, email: `${id}@example.test`, name: '示范运营', passwordHash: '', operator: true, createdAt: deps.clock() });
      });
      return id;
    }),
  );
  const now = deps.clock();
  const input = (change: Partial<AccreditationInput> = {}): AccreditationInput => ({
    ...{ id: null, kind: 'CNAS', number: 'DEMO-L0001', scope: '' },
    ...{ validFrom: now - 100 * DAY, validUntil: now + 100 * DAY, evidence: certificate('one') },
    ...change,
  });
  const addRow = async (accreditationId: string | null, range = '(0~25) mm', id: string | null = null) => {
    const text = { ...MICROMETER, range, uncertainty: 'U=1.0 μm' };
    const shown = id === null ? '' : (await viewRow(deps, m.manager, id)).signature;
    const rest = { reviewed: true, shown, validFrom: null, validUntil: null };
    const saved = await saveRow(deps, m.manager, { id, text, accreditationId, ...rest });
    if (!('id' in saved)) throw new Error(JSON.stringify(saved.judged.notes));
    return saved.id;
  };
  const sell = (capabilityId: string, serviceId = m.service.id) =>
    deps.db.write(async (tx) => {
      await tx.insert(serviceCapability).values({ serviceId, capabilityId });
      await announce(tx, 'service', serviceId, deps.clock());
    });
  const catalogue = loadCatalogue(deps);
  const scopes = loadScopes(deps);
  /** What the service, the filter, the ranking and the row say now. */
  const said = async (rowId: string) => {
    const shown = await catalogue.current();
    const found = shown.search.search({ words: '', facets: { accreditation: ['CNAS'] }, sort: 'fit', offset: 0, limit: 9 });
    const card = shown.services.get(m.service.id)!;
    const row = (await scopes.current()).capabilities.get(rowId)!;
    return [accreditationOf(card).state, found.total, shown.search.entry(card.id)?.weight, basisOf(row, deps.clock()).state];
  };
  const step = async (id: string) => (await viewAccreditations(deps, m.manager)).held.find((one) => one.id === id)?.step;
  const check = (id: string, shown: number, decision: Check = CALIBRATION, by = operators[0]!) =>
    checkAccreditation(deps, by, { id, shown, check: decision });
  const mails = async (kind: string) =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')))).filter(({ payload }) => payload.kind === kind);
  return { deps, m, operators, now, input, addRow, sell, said, step, check, mails, catalogue };
}

describe('an accreditation counts', () => {
  it('once the operator has checked its certificate, for rows under it, and not before', async () => {
    const { deps, m, operators, input, addRow, sell, said, step, check, mails } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const row = await addRow(id);
    await sell(row);
    expect(await said(row)).toEqual(['stated', 0, 1, 'stated']);
    expect(await step(id)).toBe('waiting');
    expect(await mails('accreditation_waiting')).toHaveLength(2);
    expect((await listChecks(deps, operators[0]!)).waiting).toMatchObject([{ id, number: 'DEMO-L0001', step: 'waiting' }]);
    expect(await countWaiting(deps, operators[0]!)).toEqual({ requests: 0, accreditations: 1 });
    expect(await viewCheck(deps, operators[0]!, id)).toMatchObject({ rows: 1, instruments: [{ instrumentZh: '外径千分尺' }] });

    await check(id, 1);
    expect(await said(row)).toEqual(['accredited', 1, 3, 'accredited']);
    expect(await step(id)).toBe('accepted');
    const [told] = await mails('accreditation_checked');
    expect(told?.payload.facts).toMatchObject({ accepted: true, families: ['calibration'], link: `/centre/accreditations/${id}` });
    expect(await listChecks(deps, operators[0]!)).toMatchObject({ waiting: [], decided: [{ id, step: 'accepted' }] });
    expect(await deps.db.read((q) => firstBroken(q, `centre:${m.centreId}`))).toBeUndefined();
  });

  it('for the kinds of service it was accepted for', async () => {
    const { deps, m, input, addRow, sell, said, check } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const row = await addRow(id);
    await sell(row);
    await check(id, 1, { accept: true, families: ['testing', 'reference_material'] });
    expect((await said(row)).slice(0, 3)).toEqual(['own', 0, 1]);
  });

  it('of its own kind alone for what is sold on no rows', async () => {
    const { deps, m, input, check, catalogue } = await market();
    const ids = await deps.db.write(async (tx) => {
      const { id: _, slug: __, ...rest } = m.service;
      const made: string[] = [];
      for (const family of ['training', 'reference_material'] as Family[]) {
        const id = newId();
        await tx.insert(service).values({ ...rest, id, slug: id, family });
        made.push(id);
      }
      return made;
    });
    const states = async () => ids.map(async (id) => accreditationOf((await catalogue.current()).services.get(id)!).state);
    const laboratory = await saveAccreditation(deps, m.manager, input());
    await check(laboratory, 1, { accept: true, families: ['calibration', 'testing'] });
    expect(await Promise.all(await states())).toEqual(['none', 'none']);
    const producer = await saveAccreditation(deps, m.manager, input({ number: 'DEMO-RM1', evidence: certificate('two') }));
    expect(await Promise.all(await states())).toEqual(['none', 'none']);
    await check(producer, 1, { accept: true, families: ['reference_material'] });
    expect(await Promise.all(await states())).toEqual(['none', 'accredited']);
  });

  it('until it ends, is refused, loses a row to the own statement, or is taken away', async () => {
    const { deps, m, now, input, addRow, sell, said, step, check } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const row = await addRow(id);
    await sell(row);
    await check(id, 1);
    // A row of the same instrument and method joins the service by itself.
    const second = await addRow(null, '(25~50) mm');
    expect((await said(row)).slice(0, 2)).toEqual(['part', 0]);
    await addRow(id, '(25~50) mm', second);
    expect((await said(row)).slice(0, 2)).toEqual(['accredited', 1]);
    await addRow(null, '(25~50) mm', second);
    await removeRow(deps, m.manager, second);
    expect((await said(row)).slice(0, 2)).toEqual(['accredited', 1]);
    deps.time.now = now + 100 * DAY + 1;
    expect(await said(row)).toEqual(['own', 0, 1, 'own']);
    expect(await step(id)).toBe('ended');
    deps.time.now = now;
    await removeAccreditation(deps, m.manager, id);
    expect(await said(row)).toEqual(['own', 0, 1, 'own']);
  });

  it('from the day it begins', async () => {
    const { deps, m, now, input, addRow, sell, said, check } = await market();
    const id = await saveAccreditation(deps, m.manager, input({ validFrom: now + DAY }));
    const row = await addRow(id);
    await sell(row);
    await check(id, 1);
    expect((await said(row)).slice(0, 2)).toEqual(['own', 0]);
    deps.time.now = now + DAY;
    expect(await said(row)).toEqual(['accredited', 1, 3, 'accredited']);
  });

  it('not where it is an own statement, and not one that was there before checks were kept', async () => {
    const { deps, m, now, operators, input, addRow, sell, said, step, check } = await market();
    const own = await saveAccreditation(deps, m.manager, input({ kind: 'internal' }));
    const row = await addRow(own);
    await sell(row);
    expect(await said(row)).toEqual(['own', 0, 1, 'own']);
    expect(await step(own)).toBe('own');
    expect(await refusal(check(own, 1))).toBe('not_found');
    expect(await refusal(viewCheck(deps, operators[0]!, own))).toBe('not_found');
    await deps.db.write(async (tx) => {
      await tx
        .insert(accreditation)
        .values({ id: 'old', centreId: m.centreId, kind: 'CMA', number: 'X', validFrom: 0, validUntil: now + DAY, evidenceId: 'f' });
    });
    expect(await step('old')).toBe('waiting');
    expect((await listChecks(deps, operators[0]!)).waiting.map((one) => one.id)).toEqual(['old']);
  });
});

describe('a check', () => {
  it('is undone by every change of the centre, and by no saving as it is', async () => {
    const { deps, m, now, input, check, step, mails } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    let revision = 1;
    const same = input({ id });
    delete same.evidence;
    for (const change of [
      { number: 'DEMO-L0002' },
      { kind: 'CMA' as const },
      { scope: '长度' },
      { validFrom: now - 50 * DAY },
      { validUntil: now + 200 * DAY },
      { evidence: certificate('another') },
    ]) {
      await check(id, revision);
      await saveAccreditation(deps, m.manager, same);
      expect(await step(id)).toBe('accepted');
      Object.assign(same, change);
      await saveAccreditation(deps, m.manager, same);
      delete same.evidence;
      revision += 1;
      expect(await step(id), JSON.stringify(change)).toBe('waiting');
    }
    expect(await mails('accreditation_waiting')).toHaveLength(2 * revision);
  });

  it('is of a centre by its name: called otherwise, its certificates are looked at again, and nothing else of the profile undoes them', async () => {
    const { deps, m, operators, input, check, step, mails } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const own = await saveAccreditation(deps, m.manager, input({ kind: 'internal', number: 'Q1' }));
    await check(id, 1);
    const { profile } = await viewProfile(deps, m.manager);
    const filled = { ...profile, cityZh: '苏州', cityEn: 'Suzhou' };
    await saveCentre(deps, m.manager, { ...filled, introZh: '新的介绍', addressZh: '别处 1 号' });
    expect(await step(id)).toBe('accepted');
    await saveCentre(deps, m.manager, { ...filled, nameEn: 'National Institute' });
    expect(await step(id)).toBe('waiting');
    expect(await step(own)).toBe('own');
    // Two operators, told of the first statement and of the new name.
    expect(await mails('accreditation_waiting')).toHaveLength(4);
    expect(await refusal(check(id, 1))).toBe('stale changed');
    expect((await listChecks(deps, operators[0]!)).waiting.map((one) => one.id)).toEqual([id]);
    await check(id, 2);
    await saveCentre(deps, m.manager, { ...filled, nameEn: 'National Institute' });
    expect(await step(id)).toBe('accepted');
    await saveCentre(deps, m.manager, { ...filled, nameEn: 'National Institute', nameZh: '国家计量院' });
    expect(await step(id)).toBe('waiting');
  });

  it('is refused with a reason the centre is told; put right, it waits again', async () => {
    const { deps, m, input, addRow, sell, said, check, step, mails } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const row = await addRow(id);
    await sell(row);
    expect(await refusal(check(id, 1, { accept: false, reason: '  ' }))).toBe('invalid_form reason needed');
    expect(await refusal(check(id, 1, { accept: true, families: [] }))).toBe('invalid_form families choose');
    expect(await refusal(check(id, 1, { accept: true, families: ['calibration', 'cooking'] }))).toBe('invalid_form families choose');
    await check(id, 1, { accept: false, reason: '编号与证书不一致。' });
    expect(await said(row)).toEqual(['own', 0, 1, 'own']);
    const { held } = await viewAccreditations(deps, m.manager);
    expect(held[0]).toMatchObject({ step: 'refused', checkReason: '编号与证书不一致。' });
    expect((await mails('accreditation_checked'))[0]?.payload.facts).toMatchObject({ accepted: false, reason: '编号与证书不一致。' });
    await saveAccreditation(deps, m.manager, input({ id, number: 'DEMO-L0009' }));
    expect(await step(id)).toBe('waiting');
    await check(id, 2);
    expect(await step(id)).toBe('accepted');
  });

  it('needs a certificate; without one nobody is asked', async () => {
    const { deps, m, operators, input, check, step, mails } = await market();
    const without = input();
    delete without.evidence;
    const id = await saveAccreditation(deps, m.manager, without);
    expect(await step(id)).toBe('no_certificate');
    expect(await mails('accreditation_waiting')).toHaveLength(0);
    expect((await listChecks(deps, operators[0]!)).waiting).toEqual([]);
    expect(await refusal(check(id, 1))).toBe('transition_refused no_certificate');
    await saveAccreditation(deps, m.manager, input({ id }));
    expect(await step(id)).toBe('waiting');
    expect(await mails('accreditation_waiting')).toHaveLength(2);
  });

  it('is of what was on the page: what changed meanwhile is not decided on, and its certificate is another', async () => {
    const { deps, m, operators, input, check, step } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const shown = (await viewCheck(deps, operators[0]!, id)).certificate?.id ?? '';
    expect((await readCertificate(deps, operators[0]!, id, shown)).bytes).toEqual(certificate('one').bytes);
    await saveAccreditation(deps, m.manager, input({ id, evidence: certificate('two') }));
    expect(await refusal(check(id, 1))).toBe('stale changed');
    expect(await refusal(check(id, 1, { accept: false, reason: '不符' }))).toBe('stale changed');
    expect(await refusal(readCertificate(deps, operators[0]!, id, shown))).toBe('not_found');
    expect(await step(id)).toBe('waiting');
  });

  it('is of one operator: of two who decide together one is told', async () => {
    const { deps, m, operators, input, check, mails } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const both = await Promise.all([
      refusal(check(id, 1, CALIBRATION, operators[0])),
      refusal(check(id, 1, { accept: false, reason: '不符' }, operators[1])),
    ]);
    expect(both.sort()).toEqual(['none', 'stale decided']);
    const managers = new Set((await mails('accreditation_checked')).map(({ payload }) => payload.to));
    expect(await mails('accreditation_checked')).toHaveLength(managers.size);
    // Who changes it while it is decided is decided on, or has it waiting: never a check of what was not seen.
    for (let i = 0; i < 5; i++) {
      const next = await saveAccreditation(deps, m.manager, input({ number: `DEMO-RACE-${i}` }));
      await Promise.all([
        refusal(check(next, 1)),
        saveAccreditation(deps, m.manager, input({ id: next, number: `DEMO-RACED-${i}`, evidence: certificate('raced') })),
      ]);
      const [row] = await deps.db.read((q) => q.select().from(accreditation).where(eq(accreditation.id, next)));
      expect(row).toMatchObject({ number: `DEMO-RACED-${i}`, checkState: 'stated', revision: 2 });
    }
  });

  it('is the operators’: nobody else sees that there is one', async () => {
    const { deps, m, input, check } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const file = (await viewAccreditations(deps, m.manager)).held[0]?.evidence?.id ?? '';
    for (const someone of [m.manager.personId, m.buyers[0]!.personId, 'nobody']) {
      expect(await refusal(listChecks(deps, someone))).toBe('not_found');
      expect(await refusal(countWaiting(deps, someone))).toBe('not_found');
      expect(await refusal(viewCheck(deps, someone, id))).toBe('not_found');
      expect(await refusal(readCertificate(deps, someone, id, file))).toBe('not_found');
      expect(await refusal(check(id, 1, CALIBRATION, someone))).toBe('not_found');
    }
    for (const bad of ['no-such', '../../etc', "a'b"]) expect(await refusal(check(bad, 1))).toBe('not_found');
  });
});
