import { dictionary } from '@zxcvbn-ts/language-common';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCommonPassword } from './common-password.ts';

const list = [...new Set(dictionary['passwords-common'])];
const words = new Set(list);
const common = (password: string) => isCommonPassword(password, (word) => words.has(word));

describe('a common password', () => {
  it('is any of a list of more than ten thousand, however it is cased', () => {
    expect(list.length).toBeGreaterThan(10_000);
    expect(list.filter((password) => !common(password) || !common(password.toUpperCase()))).toEqual([]);
  });

  it.each([
    'Password123',
    'P@ssw0rd2026!',
    'pa55word1234',
    'Dragon2026!!',
    'sunshine12345678',
    '2026football',
    '@dmin12345',
    'Suzhou2026!',
    'hengji2026!',
    'Summer2026!!',
    'woaini5201314',
    '5201314520',
    'QWERTYUIOP',
    'poiuytrewq',
    '1qaz2wsx3edc',
    'qwertyuiop12345',
    'abcdefghijkl',
    '9876543210',
    '123-456-7890',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '1212121212',
    'passwordpassword',
    'pass word 123',
    'ｐａｓｓｗｏｒｄ１２３',
    '对对对对对对对对对对',
  ])('is %s', (password) => {
    expect(common(password)).toBe(true);
  });

  it.each([
    'correct horse battery',
    'gauge block no 12',
    '量块第十二号放在恒温室',
    'Tr0ub4dor&3',
    'another good password',
    'qK7#vLm2pXzR',
    '2026 wanted: one caliper',
    'hengji-demo-2026',
  ])('is not %s', (password) => {
    expect(common(password)).toBe(false);
  });

  it('is a listed word with a year and a mark at its end', () => {
    const long = list.filter((word) => /^[a-z]{5,}$/.test(word));
    fc.assert(
      fc.property(
        fc.constantFrom(...long),
        fc.integer({ min: 1950, max: 2030 }),
        fc.constantFrom('', '!', '!!', '.', '@'),
        (word, year, mark) => common(`${word[0]?.toUpperCase()}${word.slice(1)}${year}${mark}`),
      ),
    );
  });

  it('is none that a machine drew', () => {
    fc.assert(
      fc.property(fc.uuid({ version: 4 }), (drawn) => !common(drawn.replaceAll('-', '').slice(0, 20))),
      { numRuns: 500 },
    );
  });
});
