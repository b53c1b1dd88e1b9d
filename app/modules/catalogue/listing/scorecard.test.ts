import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseScorecard, printScorecard } from './scorecard.ts';

it('reads what it prints', () => {
  const name = fc.stringMatching(/^[准确度Aa:40 ]{1,20}$/).map((text) => text.replace(/ +/g, ' ').trim());
  const names = fc.record({ nameZh: name.filter(Boolean), nameEn: name });
  const card = fc.array(names, { minLength: 1, maxLength: 12 }).map((list) => {
    const each = Math.floor(100 / list.length);
    return list.map((one, i) => ({ ...one, percent: i === 0 ? 100 - each * (list.length - 1) : each }));
  });
  fc.assert(
    fc.property(card, (criteria) => {
      expect(parseScorecard(printScorecard(criteria))).toEqual(criteria);
    }),
  );
});

it('takes full-width signs, and refuses what does not sum or has no name', () => {
  expect(parseScorecard('准确度｜Accuracy：60％\r\n\r\n稳定性: 40')).toEqual([
    { nameZh: '准确度', nameEn: 'Accuracy', percent: 60 },
    { nameZh: '稳定性', nameEn: '', percent: 40 },
  ]);
  expect(parseScorecard('  ')).toEqual([]);
  for (const bad of ['准确度: 99', '准确度', '| A: 100', 'a: 0\nb: 100', 'a|b|c: 100', `${'长'.repeat(61)}: 100`, 'a: 999'])
    expect(parseScorecard(bad), bad).toBeNull();
});

it('reads a line of any number of spaces at once', () => {
  for (const bad of [`a${' '.repeat(300_000)}x`, `a|${' '.repeat(300_000)}:`, Array(100_000).fill('a: 1').join('\n')])
    expect(parseScorecard(bad)).toBeNull();
  expect(parseScorecard(`准确度   |   Accuracy  :  100 %`)).toEqual([{ nameZh: '准确度', nameEn: 'Accuracy', percent: 100 }]);
});
