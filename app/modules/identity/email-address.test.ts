import { domainToUnicode } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalEmail } from './email-address.ts';

describe('an e-mail address', () => {
  // Case `email-idn`.
  it.each([
    ['info@bücher.example', 'info@xn--bcher-kva.example'],
    ['INFO@BÜCHER.example', 'info@xn--bcher-kva.example'],
    ['info@XN--BCHER-KVA.example', 'info@xn--bcher-kva.example'],
    ['info@bu\u0308cher.example', 'info@xn--bcher-kva.example'], // u and its dots apart
    ['li.wei@例子.中国', 'li.wei@xn--fsqu00a.xn--fiqs8s'],
    ['li.wei@例子。中国', 'li.wei@xn--fsqu00a.xn--fiqs8s'],
    ['li.wei＠ｅｘａｍｐｌｅ.com', 'li.wei@example.com'],
    ['a@xn--p1ai.xn--p1ai', 'a@xn--p1ai.xn--p1ai'],
    ['почта@example.com', null],
    ['o@straße.example', 'o@xn--strae-oqa.example'],
    ["o'neil+lab@mail.example.co.uk", "o'neil+lab@mail.example.co.uk"],
    [' Li_Wei@Example.COM ', 'li_wei@example.com'],
  ])('%s is stored as %s', (typed, stored) => {
    expect(canonicalEmail(typed)).toBe(stored);
  });

  it.each([
    'a@b',
    '@example.com',
    'a@',
    'a b@example.com',
    'a@exa mple.com',
    'a@exam\nple.com',
    'a@example.com/path',
    'a@example.com:25',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@127.1',
    'a@example.com,b@example.com',
    'a@b@example.com',
    'a@-example.com',
    'a@example..com',
    'a@ex%41mple.com',
    `a@${'x'.repeat(64)}.com`,
    `a@${'ü'.repeat(63)}.com`,
    '.a@example.com',
    'a..b@example.com',
    'a@.example.com',
    'a@example.com.',
  ])('%j is none', (typed) => {
    expect(canonicalEmail(typed)).toBeNull();
  });

  it('is the same however its domain is written, and canonical once it is', () => {
    const label = fc.string({ unit: fc.constantFrom(...'abcüöéñ例子中国пр0'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(label, label, (one, two) => {
        const stored = canonicalEmail(`info@${one}.${two}.example`);
        if (stored === null) return; // some mixtures of scripts are no domain
        expect(stored).toMatch(/^[\x21-\x7e]+$/);
        expect(canonicalEmail(stored)).toBe(stored);
        expect(canonicalEmail(`info@${domainToUnicode(stored.slice(5))}`)).toBe(stored);
        expect(canonicalEmail(`Info@${one.toUpperCase()}.${two}.EXAMPLE`)).toBe(stored);
      }),
    );
  });
});
