import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atomsOf, fold, foldWord, piecesOf } from './fold.ts';
import { commonLexicon } from './lexicon.ts';
import { slips } from './near.ts';
import { readParts } from './read-parts.server.ts';

/** Any code points, lone surrogates too. */
const anyText = fc.array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 60 }).map((points) => String.fromCodePoint(...points));

test.each([
  ['gauges gages', 'gauge gauge'],
  ['Callipers wrenches batteries', 'caliper wrench battery'],
  ['metre centre colour analysers', 'meter center color analyzer'],
  ['gas lens series bus', 'gas lens series bus'],
  ['precision exercise revise', 'precision exercise revise'],
  ['JJG21-2008', 'jjg 21 2008'],
  ['遊標卡尺ＤＭＭ', '游标卡尺 dmm'],
])('%s is written %s', (text, pieces) => {
  expect(piecesOf(text).join(' ')).toBe(pieces);
});

test('folding twice is folding once', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(atomsOf(fold(text))).toEqual(atomsOf(text));
    }),
  );
  for (const { names } of commonLexicon().instruments) for (const word of names.flatMap(piecesOf)) expect(foldWord(word)).toBe(word);
});

test('every name of the lexicon is found in itself, and none stands for two instruments by mistake of spelling', () => {
  const lexicon = commonLexicon();
  expect(lexicon.instruments.length).toBeGreaterThan(250);
  for (const { id, names } of lexicon.instruments)
    for (const name of names) expect([name, lexicon.named(name).includes(id)]).toEqual([name, true]);
});

test('slips are counted as the four kinds there are, the same both ways', () => {
  for (const [a, b, count] of [
    ['micromter', 'micrometer', 1],
    ['caliper', 'calipre', 1],
    ['千份尺', '千分尺', 1],
    ['abc', 'xyz', 3],
  ] as const)
    expect(slips(a, b, 2)).toBe(count);
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => {
      expect(slips(a, b, 3)).toBe(slips(b, a, 3));
    }),
  );
});

test.each([
  ['12把千分尺 0-25mm', { quantity: '12', range: { min: '0', max: '25', unit: 'mm' } }, '千分尺'],
  ['两台电子天平', { quantity: '2' }, '电子天平'],
  ['卡尺 0-150', { range: { min: '0', max: '150', unit: '' } }, '卡尺'],
  ['压力表1.6级', { accuracyClass: '1.6' }, '压力表'],
  ['fluke87V', { model: { text: 'fluke 87V', instrument: '数字多用表' } }, ''],
  ['U≤0.5μm, k=2 量块', { limit: { by: 'u', value: '0.5', unit: 'µm', ofSpan: false } }, '量块'],
  ['0.05% FS 压力变送器', { limit: { by: 'mpe', value: '0.05', unit: '%', ofSpan: true } }, '压力变送器'],
  ['100 µA to 1 mA', { range: { min: '0.1', max: '1', unit: 'mA' } }, ''],
  ['-40~150℃ pt100', { range: { min: '-40', max: '150', unit: '°C' } }, 'pt100'],
  ['万用表 10V 1kHz', { range: { max: '10', unit: 'V' }, parameter: { min: '1', unit: 'kHz' } }, '万用表'],
  ['CNAS CMA 天平', { accreditation: ['CNAS', 'CMA'] }, '天平'],
  ['JJG 21-2008 千分尺', { specifications: ['JJG 21-2008'] }, '千分尺 JJG 21-2008'],
  ['12 micrometers', { quantity: '12' }, 'micrometers'],
])('%s', (text, parts, rest) => {
  const read = readParts(text);
  expect(read.parts).toMatchObject(parts);
  expect(read.rest).toBe(rest);
});

test('whatever is typed is read, and no letter that is no part is lost', () => {
  fc.assert(fc.property(anyText, (text) => void readParts(text)));
  fc.assert(
    fc.property(fc.constantFrom('千分尺', 'caliper', '曲速引擎'), fc.constantFrom('12把', '0-25mm', 'U=0.5um', ''), (name, part) => {
      expect(readParts(`${part} ${name}`).rest).toBe(name);
    }),
  );
});
