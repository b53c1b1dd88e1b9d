import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { addPasskey } from '#app/modules/identity/add-passkey.server.ts';
import { askForNewPasskey } from '#app/modules/identity/ask-passkey.server.ts';
import { enterCode } from '#app/modules/identity/enter-code.server.ts';
import { REMOVAL_ASKED_MS } from '#app/modules/identity/factor-removal-rules.ts';
import { findPerson } from '#app/modules/identity/find-person.server.ts';
import { getAsked, getViewer } from '#app/modules/identity/guards.server.ts';
import { signIn } from '#app/modules/identity/sign-in.server.ts';
import { takeSecondFactor } from '#app/modules/identity/take-second-factor.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { passkey, person, recoveryCode, secondFactor } from '#db/schema/identity.ts';
import { Authenticator } from '#tests/support/authenticator.ts';
import { testDeps } from '#tests/support/database.ts';
import { lastMail, newcomer, OFFICE, PASSWORD, requestWith } from './people.ts';

const REAL = { DEMONSTRATION: '', ACCOUNT_KEY: 'a key of the removal tests, long enough' };
const REASON = '视频核对了身份证和工号';
type Deps = Awaited<ReturnType<typeof testDeps>>;

async function withFactor(deps: Deps, name: string, { operator = false } = {}) {
  const email = `${name}@example.com`;
  const { cookie, viewer } = await newcomer(deps, email);
  const { challenge } = await askForNewPasskey(deps, viewer);
  const codes = await addPasskey(deps, viewer, { name, made: new Authenticator(deps.settings.origin).make(challenge) });
  if (typeof codes === 'string') throw new Error(codes);
  const { id } = viewer.person;
  await deps.db.write((tx) => tx.update(person).set({ operator }).where(eq(person.id, id)));
  return { id, email, cookie, codes };
}
const since = async (deps: Deps, id: string) =>
  (await deps.db.read((q) => q.select().from(person).where(eq(person.id, id))))[0]?.secondFactorSince ?? null;

describe('an operator takes the second factor off', () => {
  it('somebody who lost it: all of it goes, sessions end, it is audited and told', async () => {
    const deps = await testDeps(REAL);
    const operator = await withFactor(deps, 'operator', { operator: true });
    const lost = await withFactor(deps, 'lost');
    expect(await takeSecondFactor(deps, operatorActor(operator.id), lost.id, REASON)).toBe('removed');
    for (const table of [passkey, secondFactor, recoveryCode] as const)
      expect(await deps.db.read((q) => q.select().from(table).where(eq(table.personId, lost.id)))).toEqual([]);
    expect(await getViewer(deps, requestWith(lost.cookie))).toBeNull();
    expect((await signIn(deps, { email: lost.email, password: PASSWORD }, OFFICE)) as object).toHaveProperty('deviceCookie');
    expect((await lastMail(deps, 'second_factor_taken', lost.email)).facts.asked).toBe(false);
    const rows = await deps.db.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(eq(auditLog.chain, `person:${lost.id}`)),
    );
    expect(rows.at(-1)).toMatchObject({ action: 'second_factor_removed', actorId: operator.id, data: { by: 'operator', reason: REASON } });
    await expect(takeSecondFactor(deps, operatorActor(operator.id), lost.id, REASON)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('is no operator’s own, nobody else’s right, and says how they looked', async () => {
    const deps = await testDeps(REAL);
    const operator = await withFactor(deps, 'operator', { operator: true });
    const [lost, eve] = [await withFactor(deps, 'lost'), await withFactor(deps, 'eve')];
    await expect(takeSecondFactor(deps, operatorActor(operator.id), operator.id, REASON)).rejects.toMatchObject({ code: 'forbidden' });
    await expect(takeSecondFactor(deps, operatorActor(eve.id), lost.id, REASON)).rejects.toMatchObject({ code: 'not_found' });
    await expect(takeSecondFactor(deps, operatorActor(eve.id), eve.id, REASON)).rejects.toMatchObject({ code: 'not_found' });
    for (const id of ['', 'nobody', '%00', "' or 1=1 --"])
      await expect(takeSecondFactor(deps, operatorActor(operator.id), id, REASON)).rejects.toMatchObject({ code: 'not_found' });
    for (const reason of ['', '  ', 'x'.repeat(501), 'a\u0000'])
      await expect(takeSecondFactor(deps, operatorActor(operator.id), lost.id, reason)).rejects.toMatchObject({ code: 'invalid_form' });
    expect(await since(deps, lost.id)).not.toBeNull();
  });
});

describe('another operator’s second factor', () => {
  const three = async () => {
    const deps = await testDeps(REAL);
    const as = { operator: true };
    return {
      deps,
      a: await withFactor(deps, 'a', as),
      b: await withFactor(deps, 'b', as),
      lost: await withFactor(deps, 'lost', as),
    };
  };

  it('goes when one asks and another confirms, not by one alone', async () => {
    const { deps, a, b, lost } = await three();
    expect(await takeSecondFactor(deps, operatorActor(a.id), lost.id, REASON)).toBe('asked');
    expect(await takeSecondFactor(deps, operatorActor(a.id), lost.id, REASON)).toBe('asked');
    expect(await since(deps, lost.id)).not.toBeNull();
    expect(await getViewer(deps, requestWith(lost.cookie))).not.toBeNull();
    expect((await lastMail(deps, 'second_factor_taken', lost.email)).facts.asked).toBe(true);
    expect((await findPerson(deps, operatorActor(b.id), lost.email))?.removal).toMatchObject({ own: false, reason: REASON });
    expect((await findPerson(deps, operatorActor(a.id), lost.email))?.removal).toMatchObject({ own: true });
    expect(await takeSecondFactor(deps, operatorActor(b.id), lost.id, '电话回拨核对')).toBe('removed');
    expect(await since(deps, lost.id)).toBeNull();
    expect(await getAsked(deps, requestWith(lost.cookie))).toBeNull();
  });

  it('is asked anew when it was too late, when the asker is no operator any more, and after the owner showed it', async () => {
    const { deps, a, b, lost } = await three();
    await takeSecondFactor(deps, operatorActor(a.id), lost.id, REASON);
    deps.time.now += REMOVAL_ASKED_MS;
    expect(await takeSecondFactor(deps, operatorActor(b.id), lost.id, REASON)).toBe('asked');
    await deps.db.write((tx) => tx.update(person).set({ operator: false }).where(eq(person.id, b.id)));
    expect(await takeSecondFactor(deps, operatorActor(a.id), lost.id, REASON)).toBe('asked');
    await deps.db.write((tx) => tx.update(person).set({ operator: true }).where(eq(person.id, b.id)));
    const half = await signIn(deps, { email: lost.email, password: PASSWORD }, OFFICE);
    const asked = await getAsked(deps, requestWith(half.cookie));
    if (!asked) throw new Error('nobody waits');
    expect(await enterCode(deps, asked.viewer, lost.codes[0] ?? '', OFFICE)).toHaveProperty('cookie');
    expect(await takeSecondFactor(deps, operatorActor(b.id), lost.id, REASON)).toBe('asked');
    expect(await since(deps, lost.id)).not.toBeNull();
  });

  it('two who ask at once have asked and confirmed, whichever came first', async () => {
    const { deps, a, b, lost } = await three();
    const answers = await Promise.all([
      takeSecondFactor(deps, operatorActor(a.id), lost.id, REASON),
      takeSecondFactor(deps, operatorActor(b.id), lost.id, REASON),
    ]);
    expect(answers.sort()).toEqual(['asked', 'removed']);
  });
});
