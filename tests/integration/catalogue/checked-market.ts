/** A centre with an accreditation, and an operator who checks it. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { onTestFinished } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { announce } from '#app/core/change-feed.server.ts';
import { folderStore } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { type Check, checkAccreditation } from '#app/modules/catalogue/accreditation/check-accreditation.server.ts';
import { basisOf } from '#app/modules/catalogue/accreditation/standing-of-service.ts';
import { accreditationOf } from '#app/modules/catalogue/catalogue.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import type { AccreditationInput } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { viewAccreditations } from '#app/read-models/view-accreditations.server.ts';
import { viewRow } from '#app/read-models/view-row.server.ts';
import { serviceCapability } from '#db/schema/catalogue.ts';
import { outbox } from '#db/schema/core.ts';
import { person } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

export const DAY = 86_400_000;

/** Of one test: several files of tests use this one in the same process. */
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'hengji-checks-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

export const certificate = (text: string) => ({ name: '证书.pdf', type: 'application/pdf', bytes: Buffer.from(`%PDF-1.7 ${text}`) });

export const MICROMETER = { field: 'dimensional', instrument: '外径千分尺', measurand: '示值误差', method: 'JJG 21-2008', k: '2' };

export const CALIBRATION: Check = { accept: true, families: ['calibration'] };

export const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: Record<string, string> }) =>
      [error.code, error.facts?.field, error.facts?.reason].filter(Boolean).join(' ') || String(error),
  );

/** A centre whose service is sold on a row under one accreditation, and two operators. */
export async function market() {
  const deps = { ...(await testDeps()), files: folderStore(folder()) };
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
    checkAccreditation(deps, operatorActor(by), { id, shown, check: decision });
  const mails = async (kind: string) =>
    (await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')))).filter(({ payload }) => payload.kind === kind);
  return { deps, m, operators, now, input, addRow, sell, said, step, check, mails, catalogue };
}
