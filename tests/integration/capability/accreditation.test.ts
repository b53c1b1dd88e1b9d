import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import { announce } from '#app/core/change-feed.server.ts';
import { checkFile, folderStore, MOST_FILE_BYTES } from '#app/core/files.server.ts';
import { forgetFiles } from '#app/core/forget-files.server.ts';
import { saveRow, viewRow } from '#app/modules/capability/import/edit-row.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { announceAccreditation } from '#app/modules/centres/accreditation/announce-accreditation.server.ts';
import {
  type AccreditationInput,
  removeAccreditation,
  saveAccreditation,
} from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { readEvidence, viewAccreditations } from '#app/modules/centres/accreditation/view-accreditations.server.ts';
import { warnOfEnds } from '#app/modules/centres/accreditation/warn-of-ends.server.ts';
import { serviceCapability } from '#db/schema/catalogue.ts';
import { accreditation } from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const DAY = 86_400_000;
const PDF = Buffer.from('%PDF-1.7 示范证书');
const folder = mkdtempSync(join(tmpdir(), 'hengji-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function centre() {
  const deps = { ...(await testDeps()), files: folderStore(folder) };
  const m = await seedMarket(deps.db);
  const now = deps.clock();
  const input = (change: Partial<AccreditationInput> = {}): AccreditationInput => ({
    id: null,
    kind: 'CNAS',
    number: 'DEMO-L0001',
    scope: '',
    validFrom: now - 100 * DAY,
    validUntil: now + 100 * DAY,
    ...change,
  });
  const row = async (accreditationId: string | null) => {
    const text = {
      field: 'dimensional',
      instrument: '千分尺',
      measurand: '示值误差',
      method: 'JJG 21',
      range: '(0~25) mm',
      uncertainty: 'U=1 μm',
      k: '2',
    };
    const saved = await saveRow(deps, m.manager, {
      id: null,
      text,
      accreditationId,
      reviewed: false,
      shown: '',
      validFrom: null,
      validUntil: null,
    });
    return 'id' in saved ? saved.id : '';
  };
  const mails = async () =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')))).filter(
      ({ payload }) => payload.kind === 'accreditation_due',
    );
  return { deps, m, now, input, row, mails };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string } }) => [error.code, error.facts?.field].filter(Boolean).join(' ') || String(error),
  );

describe('an accreditation', () => {
  it('is entered with its certificate, which only its centre gets back, as it was', async () => {
    const { deps, m, input, row } = await centre();
    const evidence = checkFile('../证书\u202e<1>.exe', PDF);
    if ('fault' in evidence) throw new Error(evidence.fault);
    expect(evidence).toMatchObject({ name: '..证书1.pdf', type: 'application/pdf' });
    const id = await saveAccreditation(deps, m.manager, input({ evidence }));
    await row(id);
    const { held, own } = await viewAccreditations(deps, m.manager);
    expect(held).toMatchObject([{ id, rows: 1, evidence: { name: '..证书1.pdf' }, standing: { state: 'in_force', daysLeft: 100 } }]);
    expect(own).toBe(0);
    expect(await readEvidence(deps, m.technician, id)).toMatchObject(evidence);
    const stranger = await seedMarket(deps.db);
    expect(await refusal(readEvidence(deps, stranger.manager, id))).toBe('not_found');
    expect(await refusal(readEvidence(deps, m.buyers[0]!, id))).toBe('not_found');
    // Saved again without a file it keeps the one it has.
    await saveAccreditation(deps, m.manager, input({ id, scope: '长度' }));
    expect(await readEvidence(deps, m.manager, id)).toMatchObject(evidence);
  });

  it('that is refused leaves a file no longer than a day', async () => {
    const deps = { ...(await testDeps()), files: folderStore(mkdtempSync(join(folder, 'own-'))) };
    const m = await seedMarket(deps.db);
    const input = { id: null, kind: 'CNAS' as const, number: 'L1', scope: '', validFrom: 0, validUntil: deps.clock() + DAY };
    await saveAccreditation(deps, m.manager, input);
    const kept: string[] = [];
    const put = (id: string, bytes: Uint8Array) => deps.files.put(id, bytes).then(() => void kept.push(id));
    const evidence = { name: 'a.pdf', type: 'application/pdf', bytes: PDF };
    expect(await refusal(saveAccreditation({ ...deps, files: { ...deps.files, put } }, m.manager, { ...input, evidence }))).toBe(
      'invalid_form number',
    );
    expect(kept).toHaveLength(1);
    deps.time.now += 25 * 3_600_000;
    expect(await forgetFiles(deps)).toBe(1);
    expect(await deps.files.get(kept[0]!)).toBeUndefined();
  });

  it('whose file was changed on the disk gives nothing back', async () => {
    const { deps, m, input } = await centre();
    const id = await saveAccreditation(deps, m.manager, input({ evidence: { name: 'a.pdf', type: 'application/pdf', bytes: PDF } }));
    const file = (await viewAccreditations(deps, m.manager)).held[0]?.evidence?.id ?? '';
    const at = join(folder, file.slice(-2), file);
    writeFileSync(at, 'another');
    expect(await refusal(readEvidence(deps, m.manager, id))).toBe('not_found');
    rmSync(at);
    expect(await refusal(readEvidence(deps, m.manager, id))).toBe('not_found');
  });

  it('is refused with its field, and nothing is stored', async () => {
    const { deps, m, now, input } = await centre();
    const id = await saveAccreditation(deps, m.manager, input());
    expect(await refusal(saveAccreditation(deps, m.manager, input()))).toBe('invalid_form number');
    expect(await refusal(saveAccreditation(deps, m.manager, input({ number: '' })))).toBe('invalid_form number');
    expect(await refusal(saveAccreditation(deps, m.manager, input({ number: 'x', scope: '长'.repeat(501) })))).toBe('invalid_form scope');
    expect(await refusal(saveAccreditation(deps, m.manager, input({ number: 'x', validUntil: now - 200 * DAY })))).toBe(
      'invalid_form validUntil',
    );
    expect(await refusal(saveAccreditation(deps, m.technician, input({ number: 'x' })))).toBe('forbidden');
    const stranger = await seedMarket(deps.db);
    expect(await refusal(saveAccreditation(deps, stranger.manager, input({ id })))).toBe('not_found');
    expect(await refusal(removeAccreditation(deps, stranger.manager, id))).toBe('not_found');
    expect(await refusal(removeAccreditation(deps, m.technician, id))).toBe('forbidden');
    expect((await viewAccreditations(deps, m.manager)).held).toHaveLength(1);
  });

  it('that ends leaves the search the same day; renewed and checked it is back at once', async () => {
    const { deps, m, now, input, row } = await centre();
    const catalogue = loadCatalogue(deps);
    const scopes = loadScopes(deps);
    const seen = async () =>
      (await catalogue.current()).search.search({ words: '', facets: { accreditation: ['CNAS'] }, sort: 'fit', offset: 0, limit: 9 }).total;
    expect(await seen()).toBe(0);
    const id = await saveAccreditation(deps, m.manager, input());
    const rowId = await row(id);
    const check = () =>
      deps.db.write(async (tx) => {
        await tx
          .update(accreditation)
          .set({ checkState: 'accepted', checkedFamilies: ['calibration'] })
          .where(eq(accreditation.id, id));
        await announceAccreditation(tx, m.centreId, id, deps.clock());
      });
    await deps.db.write(async (tx) => {
      await tx.insert(serviceCapability).values({ serviceId: m.service.id, capabilityId: rowId });
      await announce(tx, 'service', m.service.id, deps.clock());
    });
    await check();
    expect(await seen()).toBe(1);
    deps.time.now = now + 100 * DAY - 1;
    expect(await seen()).toBe(1);
    deps.time.now = now + 100 * DAY;
    expect(await seen()).toBe(0);
    const renewed = now + 500 * DAY;
    await saveAccreditation(deps, m.manager, input({ id, validUntil: renewed }));
    // The new certificate is looked at first.
    expect(await seen()).toBe(0);
    await check();
    expect(await seen()).toBe(1);
    // Search by need judges by the same dates.
    expect((await scopes.current()).capabilities.get(rowId)?.accreditation?.validUntil).toBe(renewed);
    await removeAccreditation(deps, m.manager, id);
    expect(await seen()).toBe(0);
    expect((await scopes.current()).capabilities.get(rowId)?.accreditation).toBeNull();
    expect((await viewRow(deps, m.manager, rowId)).accreditationId).toBeNull();
  });

  it('is warned of 90, 30 and 7 days before and at its end, once each, in the language of each manager', async () => {
    const { deps, m, now, input, mails } = await centre();
    const id = await saveAccreditation(deps, m.manager, input());
    const sent: number[] = [];
    for (let day = 0; day <= 110; day++) {
      deps.time.now = now + day * DAY;
      if ((await warnOfEnds(deps)) > 0) sent.push(100 - day);
      expect(await warnOfEnds(deps)).toBe(0);
    }
    expect(sent).toEqual([90, 30, 7, 0]);
    const managers = new Set((await mails()).map(({ payload }) => payload.to));
    expect(await mails()).toHaveLength(4 * managers.size);
    await saveAccreditation(deps, m.manager, input({ id, validUntil: deps.time.now + 20 * DAY }));
    expect(await warnOfEnds(deps)).toBe(1);
  });
});

describe('a file', () => {
  it('is what its first bytes say, and no larger than 5 MB', () => {
    expect(checkFile('a.pdf', new Uint8Array())).toEqual({ fault: 'file_empty' });
    expect(checkFile('a.pdf', Buffer.from('<html>'))).toEqual({ fault: 'file_kind' });
    expect(checkFile('a.svg', Buffer.from('<svg onload=alert(1)>'))).toEqual({ fault: 'file_kind' });
    expect(checkFile('a.pdf', new Uint8Array(MOST_FILE_BYTES + 1))).toEqual({ fault: 'file_too_large' });
    expect(checkFile('.', Buffer.from([0xff, 0xd8, 0xff, 0xe0]))).toMatchObject({ name: 'file.jpg', type: 'image/jpeg' });
  });

  it('has an id that leads nowhere else', async () => {
    const store = folderStore(join(folder, 'store'));
    await expect(store.get('../../etc/passwd')).rejects.toThrow(RangeError);
    await store.put('abc-1', PDF);
    await expect(store.put('abc-1', PDF)).rejects.toThrow('EEXIST');
    expect(await store.get('abc-1')).toEqual(PDF);
    await store.remove('abc-1');
    expect(await store.get('abc-1')).toBeUndefined();
    expect(readdirSync(join(folder, 'store'))).toEqual(['-1']);
  });
});
