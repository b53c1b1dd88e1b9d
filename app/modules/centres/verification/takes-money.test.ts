import fc from 'fast-check';
import { expect, it } from 'vitest';
import { afterRename, bookingOf, type Verified } from './takes-money.ts';

it('a centre that is not verified is asked, never paid at once', () => {
  expect(bookingOf('instant', true)).toBe('instant');
  expect(bookingOf('instant', false)).toBe('approve');
  expect(bookingOf('approve', true)).toBe('approve');
});

const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ zh: name, en: name })) as [Name, Name, Name];
type Name = { zh: string; en: string };

it('under another name it is to be verified again, and known by the name it was verified under', () => {
  const renamed = afterRename({ verifiedAt: 7, verifiedAs: null }, a, b);
  expect(renamed).toEqual({ verifiedAt: null, verifiedAs: { ...a, at: 7 } });
  expect(afterRename(renamed, b, c)).toEqual(renamed);
  expect(afterRename(renamed, b, a)).toEqual({ verifiedAt: 7, verifiedAs: null });
  expect(afterRename({ verifiedAt: null, verifiedAs: null }, a, b)).toEqual({ verifiedAt: null, verifiedAs: null });
});

it('however often it is renamed, it counts as verified under the verified name alone', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(a, b, c)), (names) => {
      let at: Name = a;
      let state: Verified = { verifiedAt: 7, verifiedAs: null };
      for (const to of names) {
        if (to !== at) state = afterRename(state, at, to);
        at = to;
        expect(state.verifiedAt !== null).toBe(at === a);
        expect(state.verifiedAs?.zh).toBe(at === a ? undefined : 'a');
      }
    }),
  );
});
