import fc from 'fast-check';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';
import { mustHaveSecondFactor, stepOfCode, totpAddress } from './second-factor-rules.ts';

/** RFC 6238, appendix B: the secret of its SHA-1 rows. */
const RFC = new Secret({ buffer: new TextEncoder().encode('12345678901234567890').buffer as ArrayBuffer }).base32;
const codeAt = (at: number) => new TOTP({ secret: Secret.fromBase32(RFC) }).generate({ timestamp: at });

describe('a code', () => {
  // The last six of the eight digits the RFC shows.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at second %d is %s, as RFC 6238 says', (second, code) => {
    expect(stepOfCode(RFC, code, second * 1000, 0)).toBe(Math.floor(second / 30));
  });

  it('counts one step early and late, no further, and never again', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 4_000_000_000 }), fc.integer({ min: -4, max: 4 }), (second, off) => {
        const now = second * 1000;
        const step = Math.floor(now / 30_000) + off;
        const code = codeAt(step * 30_000);
        const found = stepOfCode(RFC, code, now, 0);
        // Another step in reach may happen to have the same six digits.
        if (Math.abs(off) <= 1) expect(found).toBeDefined();
        else if (found !== undefined) expect(codeAt(found * 30_000)).toBe(code);
        if (found !== undefined) expect(stepOfCode(RFC, code, now, Math.floor(now / 30_000) + 1)).toBeUndefined();
      }),
    );
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５', ' ', '12345６7', '-287082x'])('is not %j', (code) => {
    expect(stepOfCode(RFC, code, 59_000, 0)).toBeUndefined();
  });

  it.each(['287 082', ' 287082 ', '287-082', '２８７０８２'])('may be written %j', (code) => {
    expect(stepOfCode(RFC, code, 59_000, 0)).toBe(1);
  });
});

it('the address of a QR code names issuer, account and secret', () => {
  expect(totpAddress(RFC, 'li.wei@example.com')).toBe(
    `otpauth://totp/Hengji:li.wei%40example.com?issuer=Hengji&secret=${RFC}&algorithm=SHA1&digits=6&period=30`,
  );
});

it.each([
  [true, [], true],
  [false, ['signatory'], true],
  [false, ['owner', 'signatory'], true],
  [false, ['manager', 'technician', 'owner'], false],
  [false, [], false],
] as const)('operator %s with roles %j must have one: %s', (operator, roles, must) => {
  expect(mustHaveSecondFactor({ operator, roles })).toBe(must);
});
