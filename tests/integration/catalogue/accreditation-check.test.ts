import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { saveAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { viewAccreditations } from '#app/read-models/view-accreditations.server.ts';
import { countWaiting, listChecks, readCertificate, viewCheck } from '#app/read-models/view-checks.server.ts';
import { accreditation } from '#db/schema/centres.ts';
import { CALIBRATION, certificate, DAY, market, refusal } from './checked-market.ts';

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
    expect((await listChecks(deps, operatorActor(operators[0]!))).waiting.map((one) => one.id)).toEqual([id]);
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
    expect((await listChecks(deps, operatorActor(operators[0]!))).waiting).toEqual([]);
    expect(await refusal(check(id, 1))).toBe('transition_refused no_certificate');
    await saveAccreditation(deps, m.manager, input({ id }));
    expect(await step(id)).toBe('waiting');
    expect(await mails('accreditation_waiting')).toHaveLength(2);
  });

  it('is of what was on the page: what changed meanwhile is not decided on, and its certificate is another', async () => {
    const { deps, m, operators, input, check, step } = await market();
    const id = await saveAccreditation(deps, m.manager, input());
    const shown = (await viewCheck(deps, operatorActor(operators[0]!), id)).certificate?.id ?? '';
    expect((await readCertificate(deps, operatorActor(operators[0]!), id, shown)).bytes).toEqual(certificate('one').bytes);
    await saveAccreditation(deps, m.manager, input({ id, evidence: certificate('two') }));
    expect(await refusal(check(id, 1))).toBe('stale changed');
    expect(await refusal(check(id, 1, { accept: false, reason: '不符' }))).toBe('stale changed');
    expect(await refusal(readCertificate(deps, operatorActor(operators[0]!), id, shown))).toBe('not_found');
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
      expect(await refusal(listChecks(deps, operatorActor(someone)))).toBe('not_found');
      expect(await refusal(countWaiting(deps, operatorActor(someone)))).toBe('not_found');
      expect(await refusal(viewCheck(deps, operatorActor(someone), id))).toBe('not_found');
      expect(await refusal(readCertificate(deps, operatorActor(someone), id, file))).toBe('not_found');
      expect(await refusal(check(id, 1, CALIBRATION, someone))).toBe('not_found');
    }
    for (const bad of ['no-such', '../../etc', "a'b"]) expect(await refusal(check(bad, 1))).toBe('not_found');
  });
});
