import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { announce } from '#app/core/change-feed.server.ts';
import { isProblem } from '#app/core/problem.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { askedIn, KEPT_MS, MOST_DEMANDS } from '#app/modules/catalogue/wanted/demand.ts';
import { forgetDemands } from '#app/modules/catalogue/wanted/forget-demands.server.ts';
import { keepDemand } from '#app/modules/catalogue/wanted/keep-demand.server.ts';
import { listDemands } from '#app/modules/catalogue/wanted/list-demands.server.ts';
import { demandMeeter } from '#app/modules/catalogue/wanted/meet-demands.server.ts';
import { withdrawDemand } from '#app/modules/catalogue/wanted/withdraw-demand.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { outbox } from '#db/schema/core.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

async function start() {
  const deps = await testDeps();
  const market = await seedMarket(deps.db);
  const [buyer, other] = market.buyers;
  const owner = (actor = buyer) => actor!;
  const services = { ...deps, catalogue: loadCatalogue(deps), scopes: loadScopes(deps) };
  const meet = demandMeeter(services);
  const run = () => meet(new AbortController().signal);
  const keep = (query: string, who = owner()) => {
    const asked = askedIn(new URLSearchParams(query).has('q') ? 'words' : 'need', new URLSearchParams(query));
    if (!asked) throw new Error(`${query} asks nothing`);
    return keepDemand(deps, who, { ...asked, said: query, locale: 'zh-CN' });
  };
  const rename = (nameZh: string) =>
    deps.db.write(async (tx) => {
      await tx.update(service).set({ nameZh }).where(eq(service.id, market.service.id));
      await announce(tx, 'service', market.service.id, deps.time.now);
    });
  const mails = async () =>
    (await deps.db.read((q) => q.select().from(outbox))).map(({ payload }) => payload).filter(({ kind }) => kind === 'demand_met');
  return { ...deps, owner, other: () => owner(other), run, keep, rename, mails };
}

describe('a need that waits', () => {
  it('is written about once, when a service appears that suits it', async () => {
    const { keep, run, rename, mails, owner, ...deps } = await start();
    await keep('q=曲速引擎');
    expect(await run()).toBe(0);
    await rename('曲速引擎校准');
    expect(await run()).toBe(1);
    expect(await run()).toBe(0);
    await rename('曲速引擎现场校准');
    expect(await run()).toBe(0);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({
      locale: 'zh-CN',
      facts: { wanted: 'q=曲速引擎', count: 1, link: `/search?${new URLSearchParams('q=曲速引擎')}` },
    });
    expect(await listDemands(deps, owner())).toMatchObject([{ metAt: deps.time.now }]);
  });

  it('is not met by the nearest that does find, only by what was asked', async () => {
    const { keep, run, mails } = await start();
    await keep('q=上海量块');
    await keep('item=量块&min=0&max=900&unit=mm');
    expect(await run()).toBe(0);
    expect(await mails()).toEqual([]);
  });

  it('kept twice is kept once, and only so many wait at a time', async () => {
    const { keep, owner, other, ...deps } = await start();
    await keep('q=曲速引擎');
    await keep('q=曲速引擎&page=3&sort=price');
    expect(await listDemands(deps, owner())).toHaveLength(1);
    for (let i = 1; i < MOST_DEMANDS; i++) await keep(`q=没有的东西${i}`);
    const refused = await keep('q=再来一个').catch((error: unknown) => error);
    expect(isProblem(refused) && [refused.code, refused.facts]).toEqual(['invalid_form', { field: 'asked', reason: 'too_many' }]);
    await keep('q=再来一个', other());
  });

  it('is left so often a day and no more, met at once or withdrawn: nobody is written to without end', async () => {
    const { keep, owner, other, run, mails, ...deps } = await start();
    const again = async (i: number) => {
      await keep(`q=千分尺&price_max=${1000 + i}`);
      for (const { id } of i % 2 ? await listDemands(deps, owner()) : []) await withdrawDemand(deps, owner(), id);
      await run();
    };
    let kept = 0;
    const refused = await (async () => {
      for (; kept < 200; kept++) await again(kept);
    })().catch((error: unknown) => error);
    expect(isProblem(refused) && refused.code).toBe('too_many_tries');
    expect(kept).toBe(40);
    expect((await mails()).length).toBeLessThanOrEqual(40);
    await keep('q=千分尺', other());
    deps.time.now += 86_400_000;
    await again(kept);
  });

  it('is withdrawn by who left it, and by nobody else', async () => {
    const { keep, owner, other, run, rename, mails, ...deps } = await start();
    await keep('q=曲速引擎');
    const [left] = await listDemands(deps, owner());
    await expect(withdrawDemand(deps, other(), left!.id)).rejects.toMatchObject({ code: 'not_found' });
    await withdrawDemand(deps, owner(), left!.id);
    expect(await listDemands(deps, owner())).toEqual([]);
    await rename('曲速引擎校准');
    expect(await run()).toBe(0);
    expect(await mails()).toEqual([]);
  });

  it('is forgotten after a year', async () => {
    const { keep, owner, ...deps } = await start();
    await keep('q=曲速引擎');
    await forgetDemands({ db: deps.db, clock: () => deps.time.now + KEPT_MS });
    expect(await listDemands(deps, owner())).toHaveLength(1);
    await forgetDemands({ db: deps.db, clock: () => deps.time.now + KEPT_MS + 1 });
    expect(await listDemands(deps, owner())).toEqual([]);
  });

  it('asks something, in one form of its address', () => {
    expect(askedIn('words', new URLSearchParams('q= 曲速引擎 &page=2&sort=price'))?.asked).toBe(
      new URLSearchParams('q=曲速引擎').toString(),
    );
    for (const [search, query] of [
      ['words', 'q='],
      ['need', 'n=3'],
      ['elsewhere', 'q=x'],
      ['words', `q=${'长'.repeat(300)}`],
    ] as const)
      expect(askedIn(search, new URLSearchParams(query))).toBeNull();
  });
});
