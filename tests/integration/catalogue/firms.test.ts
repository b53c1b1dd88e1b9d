import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { addMemberFirm, removeMemberFirm } from '#app/modules/centres/firms/add-member-firm.server.ts';
import { askPark } from '#app/modules/centres/firms/ask-park.server.ts';
import { decideParkFirm } from '#app/modules/centres/firms/confirm-park-firm.server.ts';
import { decideParkCentre } from '#app/modules/centres/firms/decide-park-centre.server.ts';
import { saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { listMemberFirms } from '#app/read-models/list-member-firms.server.ts';
import { viewOwnPark, viewParkFirms } from '#app/read-models/view-park-firms.server.ts';
import { centre, park } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { reason?: string; field?: string } }) =>
      [error.code, error.facts?.reason ?? error.facts?.field].filter(Boolean).join(' '),
  );

async function place() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const [buyer, other] = m.buyers;
  if (!buyer || !other) throw new Error('two buyers');
  const name = (id: string, changes: Partial<typeof organisation.$inferInsert>) =>
    deps.db.write((tx) => tx.update(organisation).set(changes).where(eq(organisation.id, id)));
  /** Of a park of its own. */
  const administrator = async (parkId: string) => {
    const organisationId = newId();
    const names = { nameZh: parkId, nameEn: parkId };
    await deps.db.write(async (tx) => {
      await tx.insert(organisation).values({ id: organisationId, kind: 'park', slug: organisationId, ...names, createdAt: 0 });
      await tx.insert(park).values({ id: parkId, slug: parkId, organisationId, ...names, cityZh: '苏州', cityEn: 'Suzhou' });
    });
    return { personId: buyer.personId, organisationId, organisationKind: 'park' as const, role: 'administrator' as const };
  };
  return { deps, m, buyer, other, name, administrator };
}

describe('firms on a list of a centre', () => {
  it('are added by their exact name or code, once, and removed', async () => {
    const { deps, m, buyer, other, name } = await place();
    await name(buyer.organisationId, { nameZh: '苏州甲仪表有限公司', taxNumber: '91320500MA00000X01' });
    const add = (called: string) => refusal(addMemberFirm(deps, m.manager, called));
    expect(await add(' 苏州甲仪表有限公司 ')).toBe('none');
    expect(await add('91320500ma00000x01')).toBe('none');
    expect((await listMemberFirms(deps, m.manager)).map(({ id }) => id)).toEqual([buyer.organisationId]);
    for (const called of ['', '苏州甲', '苏州甲仪表有限公司\u0000', '\ud800', '長'.repeat(3000), '%', m.manager.organisationId])
      expect(await add(called)).toBe('invalid_form unknown');
    await name(other.organisationId, { nameZh: '苏州甲仪表有限公司' });
    expect(await add('苏州甲仪表有限公司')).toBe('invalid_form several');
    await removeMemberFirm(deps, m.manager, buyer.organisationId);
    expect(await listMemberFirms(deps, m.manager)).toEqual([]);
    expect(await refusal(removeMemberFirm(deps, m.manager, buyer.organisationId))).toBe('not_found');
  });

  it('are the business of its managers alone', async () => {
    const { deps, m, buyer, name } = await place();
    const stranger = (await seedMarket(deps.db)).manager;
    await name(buyer.organisationId, { nameZh: '苏州乙仪表有限公司' });
    expect(await refusal(addMemberFirm(deps, m.technician, '苏州乙仪表有限公司'))).toBe('forbidden');
    expect(await refusal(addMemberFirm(deps, buyer, '苏州乙仪表有限公司'))).toBe('not_found');
    await addMemberFirm(deps, m.manager, '苏州乙仪表有限公司');
    expect(await listMemberFirms(deps, stranger)).toEqual([]);
    expect(await refusal(removeMemberFirm(deps, stranger, buyer.organisationId))).toBe('not_found');
    expect(await refusal(removeMemberFirm(deps, m.technician, buyer.organisationId))).toBe('forbidden');
    expect(await listMemberFirms(deps, m.technician)).toHaveLength(1);
  });
});

describe('firms of a park', () => {
  it('say so themselves, and are confirmed or removed by that park alone', async () => {
    const { deps, m, buyer, other, administrator } = await place();
    const [one, two] = [await administrator('one'), await administrator('two')];
    await deps.db.write((tx) =>
      tx.insert(park).values({ id: 'unclaimed', slug: 'unclaimed', nameZh: '', nameEn: '', cityZh: '', cityEn: '' }),
    );
    for (const parkId of ['nothing', 'unclaimed', '\ud800', '長'.repeat(3000)])
      expect(await refusal(askPark(deps, buyer, parkId))).toBe('invalid_form park');
    expect(await refusal(askPark(deps, { ...buyer, role: 'member' }, 'one'))).toBe('forbidden');
    expect(await refusal(askPark(deps, m.manager, 'one'))).toBe('not_found');
    await askPark(deps, buyer, 'one');
    const own = () => viewOwnPark(deps, buyer).then(({ said }) => said);
    expect(await own()).toEqual({ parkId: 'one', state: 'asked' });

    const firm = buyer.organisationId;
    for (const actor of [two, buyer, other, m.manager])
      expect(await refusal(decideParkFirm(deps, actor, firm, 'confirm'))).toBe('not_found');
    expect(await refusal(decideParkFirm(deps, one, other.organisationId, 'confirm'))).toBe('not_found');
    expect(await refusal(viewParkFirms(deps, buyer))).toBe('not_found');
    await decideParkFirm(deps, one, firm, 'confirm');
    expect((await viewParkFirms(deps, one)).firms).toMatchObject([{ id: firm, state: 'confirmed' }]);
    expect((await viewParkFirms(deps, two)).firms).toEqual([]);
    // Saying the same again keeps the confirmation; another park confirms anew.
    await askPark(deps, buyer, 'one');
    expect(await own()).toEqual({ parkId: 'one', state: 'confirmed' });
    await askPark(deps, buyer, 'two');
    expect(await own()).toEqual({ parkId: 'two', state: 'asked' });
    await decideParkFirm(deps, two, firm, 'remove');
    expect(await own()).toBeNull();
    await askPark(deps, buyer, '');
    expect(await own()).toBeNull();
  });
});

describe('centres of a park', () => {
  it('say so themselves, and stand in the park once it has agreed', async () => {
    const { deps, m, buyer, administrator } = await place();
    const [one, two] = [await administrator('one'), await administrator('two')];
    const named = {
      nameZh: '示范中心',
      nameEn: '',
      cityZh: '苏州',
      cityEn: 'Suzhou',
      addressZh: '',
      addressEn: '',
      phone: '',
      introZh: '',
      introEn: '',
    };
    const say = (parkId: string) => saveCentre(deps, m.manager, { ...named, parkId });
    const stands = async () => {
      const [row] = await deps.db.read((q) => q.select().from(centre).where(eq(centre.id, m.centreId)));
      return [row?.parkId, row?.askedParkId];
    };
    const ofPark = async (park: typeof one) => (await viewParkFirms(deps, park)).centres.map(({ id, state }) => [id, state]);
    await say('one');
    expect(await stands()).toEqual([null, 'one']);
    expect(await viewProfile(deps, m.manager)).toMatchObject({ profile: { parkId: 'one' }, parkAsked: true });
    expect(await ofPark(one)).toEqual([[m.centreId, 'asked']]);
    for (const actor of [two, buyer, m.manager])
      expect(await refusal(decideParkCentre(deps, actor, m.centreId, 'confirm'))).toBe('not_found');
    await decideParkCentre(deps, one, m.centreId, 'confirm');
    expect(await stands()).toEqual(['one', null]);
    expect(await viewProfile(deps, m.manager)).toMatchObject({ profile: { parkId: 'one' }, parkAsked: false });
    // Saying the same again keeps it; another park has to agree anew, and no park takes in who has not asked.
    await say('one');
    expect(await stands()).toEqual(['one', null]);
    await say('two');
    expect(await stands()).toEqual([null, 'two']);
    expect(await refusal(decideParkCentre(deps, one, m.centreId, 'confirm'))).toBe('not_found');
    await decideParkCentre(deps, two, m.centreId, 'confirm');
    await decideParkCentre(deps, two, m.centreId, 'remove');
    expect(await stands()).toEqual([null, null]);
    expect(await ofPark(two)).toEqual([]);
  });
});
