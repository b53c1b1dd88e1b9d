import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blocksOf, inForce, mustAgree } from './legal-rules.ts';

it('the newest version that has begun is in force; drafts and what is still to begin are not', () => {
  const versions = [
    { version: 1, effectiveAt: 100 },
    { version: 2, effectiveAt: 200 },
    { version: 3, effectiveAt: 300 },
    { version: 4, effectiveAt: null },
  ];
  expect(inForce(versions, 99)).toBeUndefined();
  expect(inForce(versions, 100)?.version).toBe(1);
  expect(inForce(versions, 299)?.version).toBe(2);
  expect(inForce(versions, 9_999)?.version).toBe(3);
});

it('who agreed to an earlier version is asked again, and nobody where nothing is in force', () => {
  expect(mustAgree({ terms: 2, privacy: 1 }, { terms: 1, privacy: 1 })).toBe(true);
  expect(mustAgree({ terms: 2, privacy: 1 }, { terms: 2, privacy: 1 })).toBe(false);
  expect(mustAgree({ terms: 0, privacy: 0 }, { terms: 0, privacy: 0 })).toBe(false);
});

it('a text is headings, paragraphs and lists, and loses nothing that was written', () => {
  expect(blocksOf('## 一、总则\n\n第一段\n第二行\n\n- 甲\n- 乙\n\n<b>不是标记</b>')).toEqual([
    { kind: 'heading', text: '一、总则' },
    { kind: 'paragraph', text: '第一段\n第二行' },
    { kind: 'list', items: ['甲', '乙'] },
    { kind: 'paragraph', text: '<b>不是标记</b>' },
  ]);
  const letters = (text: string) => text.replaceAll(/[\s#-]/g, '');
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (text) => {
      const said = blocksOf(text).map((block) => (block.kind === 'list' ? block.items.join('') : block.text));
      expect(letters(said.join(''))).toBe(letters(text));
    }),
  );
});
