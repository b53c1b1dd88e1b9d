import fc from 'fast-check';
import { expect, it } from 'vitest';
import { canonicalEmail } from './email-address.ts';
import { shownEmail } from './shown-email.server.ts';

it('shows an internationalized domain in its letters, and everything else as it stands', () => {
  for (const [typed, shown] of [
    ['Info@Bücher.example', 'info@bücher.example'],
    ['采购@x.cn', null],
    ['buyer@量具.中国', 'buyer@量具.中国'],
    ['li.wei@hengji.example', 'li.wei@hengji.example'],
  ] as const) {
    const stored = canonicalEmail(typed);
    expect(stored === null ? null : shownEmail(stored)).toBe(shown);
  }
  for (const odd of ['', 'x', 'a@', 'a@xn--', '@']) expect(shownEmail(odd)).toBe(odd);
});

it('what is shown is the same mailbox when it is typed again', () => {
  fc.assert(
    fc.property(fc.emailAddress(), (email) => {
      const stored = canonicalEmail(email);
      if (stored !== null) expect(canonicalEmail(shownEmail(stored))).toBe(stored);
    }),
  );
});
