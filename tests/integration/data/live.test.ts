import { expect, it } from 'vitest';
import { announce } from '#app/core/change-feed.server.ts';
import { live } from '#app/core/live.server.ts';
import { testDeps } from '#tests/support/database.ts';

it('what could not be taken in because the database failed is taken in the next time', async () => {
  const deps = await testDeps();
  const seen: string[] = [];
  let fails = false;
  const derived = live(deps, async () => ({
    value: seen,
    apply: async (changes) => {
      if (fails) throw new Error('the database is gone');
      seen.push(...changes.map(({ ref }) => ref));
    },
  }));
  await derived.current();
  const change = (ref: string) => deps.db.write((tx) => announce(tx, 'service', ref, deps.time.now));
  await change('a');
  fails = true;
  await expect(derived.current()).rejects.toThrow('gone');
  await change('b');
  fails = false;
  expect(await derived.current()).toEqual(['a', 'b']);
  expect(await derived.current()).toEqual(['a', 'b']);
});
