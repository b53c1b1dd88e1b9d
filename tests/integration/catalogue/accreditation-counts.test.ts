import { describe, expect, it } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { firstBroken } from '#app/core/audit.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { removeRow } from '#app/modules/capability/import/edit-row.server.ts';
import { accreditationOf } from '#app/modules/catalogue/catalogue.ts';
import { removeAccreditation, saveAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { countWaiting, listChecks, viewCheck } from '#app/read-models/view-checks.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { accreditation, type Family } from '#db/schema/centres.ts';
import { certificate, DAY, market, refusal } from './checked-market.ts';

describe('an accreditation counts', () => {
  it('once the operator has checked its certificate, for rows under it, and not before', async () => {
    const { deps, m, operators, input, addRow, sell, said, step, check, mails } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const row = await addRow(id);
    await sell(row);
    expect(await said(row)).toEqual(['stated', 0, 1, 'stated']);
    expect(await step(id)).toBe('waiting');
    expect(await mails('accreditation_waiting')).toHaveLength(2);
    expect((await listChecks(deps, operatorActor(operators[0]!))).waiting).toMatchObject([{ id, number: 'DEMO-L0001', step: 'waiting' }]);
    expect(await countWaiting(deps, operatorActor(operators[0]!))).toEqual({ requests: 0, accreditations: 1 });
    expect(await viewCheck(deps, operatorActor(operators[0]!), id)).toMatchObject({
      rows: 1,
      instruments: [{ instrumentZh: '外径千分尺' }],
    });

    await check(id, 1);
    expect(await said(row)).toEqual(['accredited', 1, 3, 'accredited']);
    expect(await step(id)).toBe('accepted');
    const [told] = await mails('accreditation_checked');
    expect(told?.payload.facts).toMatchObject({ accepted: true, families: ['calibration'], link: `/centre/accreditations/${id}` });
    expect(await listChecks(deps, operatorActor(operators[0]!))).toMatchObject({ waiting: [], decided: [{ id, step: 'accepted' }] });
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
    expect(await refusal(viewCheck(deps, operatorActor(operators[0]!), own))).toBe('not_found');
    await deps.db.write(async (tx) => {
      await tx
        .insert(accreditation)
        .values({ id: 'old', centreId: m.centreId, kind: 'CMA', number: 'X', validFrom: 0, validUntil: now + DAY, evidenceId: 'f' });
    });
    expect(await step('old')).toBe('waiting');
    expect((await listChecks(deps, operatorActor(operators[0]!))).waiting.map((one) => one.id)).toEqual(['old']);
  });
});
