import fc from 'fast-check';
import { expect, it } from 'vitest';
import { counterHolds } from './passkey-rules.ts';

it('a device that does not count, and one that counts on', () => {
  expect(counterHolds(0, 0)).toBe(true);
  expect(counterHolds(0, 1)).toBe(true);
  expect(counterHolds(7, 8)).toBe(true);
  expect(counterHolds(7, 4_294_967_295)).toBe(true);
});

it('a counter that stays or goes back is a copy’s, whatever came before', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.nat(), (kept, back) => {
      expect(counterHolds(kept, Math.max(0, kept - back))).toBe(false);
    }),
  );
});
