import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { actorOf, operatorActor } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { isProblem } from '#app/core/problem.ts';
import { inviteMember } from '#app/modules/identity/invite-member.server.ts';
import { agree, joinAgreeing, signUpAgreeing } from '#app/modules/legal/agree.server.ts';
import { listTexts, viewDraft } from '#app/modules/legal/list-texts.server.ts';
import { publishText } from '#app/modules/legal/publish-text.server.ts';
import { saveDraft } from '#app/modules/legal/save-draft.server.ts';
import { versionsInForce } from '#app/modules/legal/texts-in-force.server.ts';
import { viewText } from '#app/modules/legal/view-text.server.ts';
import { agreement, person } from '#db/schema/identity.ts';
import type { LegalPage } from '#db/schema/legal.ts';
import { testDeps } from '#tests/support/database.ts';
import { lastMail, newcomer, secretOf } from '../identity/people.ts';
import { refusal } from '../orders/life-market.ts';

const DAY = 86_400_000;
const TODAY = '2026-11-23';
const CALLER = { address: '203.0.113.7', userAgent: 'test' };

async function place() {
  const deps = await testDeps();
  const personId = newId();
  await deps.db.write((tx) =>
    tx.insert(person).values({ id: personId, email: 'op@example.test', name: '运营', passwordHash: '', operator: true, createdAt: 0 }),
  );
  const operator = operatorActor(personId);
  const publish = async (page: LegalPage, text: string, from = TODAY) => {
    await saveDraft(deps, operator, page, { textZh: text, textEn: `en ${text}`, seen: (await viewDraft(deps, operator, page)).seen });
    await publishText(deps, operator, page, { from, seen: (await viewDraft(deps, operator, page)).seen });
  };
  const signUp = (email: string, shown = { terms: 0, privacy: 0 }, agrees?: string) =>
    signUpAgreeing(
      deps,
      {
        name: '李伟',
        email,
        password: 'gauge block no 12',
        kind: 'sme',
        nameZh: '精测',
        city: '苏州',
        locale: 'zh-CN',
        shown,
        agrees,
      } as Parameters<typeof signUpAgreeing>[1],
      CALLER,
    );
  const fault = (deed: Promise<unknown>) =>
    deed.then(
      () => 'done',
      (error: unknown) =>
        isProblem(error) ? `${error.code} ${error.facts.field ?? ''} ${error.facts.reason ?? ''}`.trim() : String(error),
    );
  return { deps, operator, personId, publish, signUp, fault };
}

describe('a page of the platform', () => {
  it('is drafted, published, followed by a new version, and every version can be read', async () => {
    const { deps, operator, publish } = await place();
    expect((await viewText(deps, 'terms', null)).version).toBeNull();
    await publish('terms', '第一版');
    expect(await viewText(deps, 'terms', null)).toMatchObject({ version: 1, current: 1, textZh: '第一版', textEn: 'en 第一版' });
    // A draft is nobody's to read, and changes nothing.
    await saveDraft(deps, operator, 'terms', { textZh: '草稿', textEn: 'draft', seen: 0 });
    expect((await viewText(deps, 'terms', null)).textZh).toBe('第一版');
    expect(await refusal(viewText(deps, 'terms', '2'))).toBe('not_found');
    await publishText(deps, operator, 'terms', { from: '2026-11-25', seen: (await viewDraft(deps, operator, 'terms')).seen });
    // Announced: it can be read, and is in force from its day on.
    expect(await viewText(deps, 'terms', '2')).toMatchObject({ version: 2, current: 1, textZh: '草稿' });
    expect((await versionsInForce(deps)).terms).toBe(1);
    deps.time.now += 2 * DAY;
    expect((await versionsInForce(deps)).terms).toBe(2);
    expect((await viewText(deps, 'terms', null)).version).toBe(2);
    expect((await viewText(deps, 'terms', '1')).textZh).toBe('第一版');
    expect(await listTexts(deps, operator)).toMatchObject([
      { page: 'terms', current: { version: 2 }, draft: false },
      {},
      {},
      { current: null },
    ]);
    for (const odd of ['0', '99', 'x', "1'", '1e3', '-1']) expect(await refusal(viewText(deps, 'terms', odd))).toBe('not_found');
  });

  it('is not published twice, over somebody else’s draft, in the past or before what is announced', async () => {
    const { deps, operator, publish, fault } = await place();
    expect(await fault(publishText(deps, operator, 'help', { from: TODAY, seen: 0 }))).toBe('stale');
    expect(await fault(saveDraft(deps, operator, 'help', { textZh: '', textEn: 'x', seen: 0 }))).toBe('invalid_form textZh needed');
    expect(await fault(saveDraft(deps, operator, 'help', { textZh: '长'.repeat(100_001), textEn: 'x', seen: 0 }))).toBe(
      'invalid_form textZh too_long',
    );
    await saveDraft(deps, operator, 'help', { textZh: '甲', textEn: 'a', seen: 0 });
    const { seen } = await viewDraft(deps, operator, 'help');
    expect(await fault(saveDraft(deps, operator, 'help', { textZh: '乙', textEn: 'b', seen: 0 }))).toBe('stale');
    for (const [from, reason] of [
      ['2026-11-22', 'past'],
      ['tomorrow', 'unreadable'],
      ['2099-01-01', 'unreadable'],
    ] as const)
      expect(await fault(publishText(deps, operator, 'help', { from, seen }))).toBe(`invalid_form from ${reason}`);
    const both = await Promise.all([1, 2].map(() => fault(publishText(deps, operator, 'help', { from: '2026-12-01', seen }))));
    expect(both.sort()).toEqual(['done', 'stale']);
    expect(await fault(publish('help', '丙', TODAY))).toBe('invalid_form from before_announced');
  });
});

describe('agreeing', () => {
  it('is asked at sign-up where there are terms, kept with the account, and asked again for a new version', async () => {
    const { deps, publish, signUp, fault } = await place();
    await signUp('before@example.com');
    await publish('terms', '一');
    await publish('privacy', '一');
    expect(await fault(signUp('li@example.com'))).toBe('invalid_form agrees agree');
    expect(await fault(signUp('li@example.com', { terms: 1, privacy: 1 }))).toBe('invalid_form agrees agree');
    expect(await fault(signUp('li@example.com', { terms: 1, privacy: 0 }, 'on'))).toBe('invalid_form agrees agree');
    expect(await deps.db.read((q) => q.select().from(person).where(eq(person.email, 'li@example.com')))).toEqual([]);
    await signUp('li@example.com', { terms: 1, privacy: 1 }, 'on');
    const of = async (email: string) => (await deps.db.read((q) => q.select().from(person).where(eq(person.email, email))))[0];
    const li = await of('li@example.com');
    expect(li).toMatchObject({ agreedTerms: 1, agreedPrivacy: 1 });
    expect(await of('before@example.com')).toMatchObject({ agreedTerms: 0, agreedPrivacy: 0 });
    await publish('terms', '二');
    // To the version that was on the page, not to one that began meanwhile.
    expect(await refusal(agree(deps, li?.id ?? '', { terms: 1, privacy: 1 }))).toBe('stale');
    await agree(deps, li?.id ?? '', { terms: 2, privacy: 1 });
    expect(await of('li@example.com')).toMatchObject({ agreedTerms: 2, agreedPrivacy: 1 });
    const kept = await deps.db.read((q) =>
      q
        .select()
        .from(agreement)
        .where(eq(agreement.personId, li?.id ?? '')),
    );
    expect(kept.map(({ terms, privacy }) => [terms, privacy])).toEqual([
      [1, 1],
      [2, 1],
    ]);
  });

  it('is asked of who is invited as of who signs up; refused, the invitation stays open', async () => {
    const { deps, publish, fault } = await place();
    await publish('terms', '一');
    const { viewer: host } = await newcomer(deps, 'host@example.com');
    await inviteMember(deps, actorOf(host), { email: 'guest@example.com', role: 'member' });
    const token = secretOf(await lastMail(deps, 'invitation', 'guest@example.com'));
    const join = (shown: { terms: number; privacy: number }, agrees?: string) =>
      joinAgreeing(deps, { token, name: '王芳', password: 'gauge block no 12', locale: 'zh-CN', agrees, shown }, CALLER);
    const guest = async () => (await deps.db.read((q) => q.select().from(person).where(eq(person.email, 'guest@example.com'))))[0];
    expect(await fault(join({ terms: 1, privacy: 0 }))).toBe('invalid_form agrees agree');
    expect(await fault(join({ terms: 0, privacy: 0 }, 'on'))).toBe('invalid_form agrees agree');
    expect(await guest()).toBeUndefined();
    await join({ terms: 1, privacy: 0 }, 'on');
    const joined = await guest();
    expect(joined).toMatchObject({ agreedTerms: 1, agreedPrivacy: 0 });
    const kept = await deps.db.read((q) =>
      q
        .select()
        .from(agreement)
        .where(eq(agreement.personId, joined?.id ?? '')),
    );
    expect(kept.map(({ terms, privacy }) => [terms, privacy])).toEqual([[1, 0]]);
  });
});
