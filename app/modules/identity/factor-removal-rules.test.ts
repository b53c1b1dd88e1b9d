import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LONGEST_REMOVAL_REASON, reasonFault, removalStep } from './factor-removal-rules.ts';

const member = { id: 'm', operator: false };
const operator = { id: 'o', operator: true };

describe('who may take a second factor off', () => {
  it.each([
    ['an operator a member’s', { operatorId: 'a', person: member, askedBy: null }, 'remove'],
    ['nobody their own', { operatorId: 'o', person: operator, askedBy: null }, 'own'],
    ['nobody their own, also when another has asked', { operatorId: 'o', person: operator, askedBy: 'a' }, 'own'],
    ['one alone asks for an operator’s', { operatorId: 'a', person: operator, askedBy: null }, 'ask'],
    ['the same one again only asks again', { operatorId: 'a', person: operator, askedBy: 'a' }, 'ask'],
    ['a second one confirms', { operatorId: 'b', person: operator, askedBy: 'a' }, 'remove'],
    ['what the operator asked for themselves is no first voice', { operatorId: 'b', person: operator, askedBy: 'o' }, 'ask'],
  ] as const)('%s', (_, facts, step) => expect(removalStep(facts)).toBe(step));

  it('an operator’s never goes by fewer than two others', () => {
    const who = fc.constantFrom('a', 'b', 'o');
    fc.assert(
      fc.property(who, fc.option(who), (operatorId, askedBy) => {
        if (removalStep({ operatorId, person: operator, askedBy }) !== 'remove') return;
        expect(new Set([operatorId, askedBy, 'o', null]).size).toBe(4);
      }),
    );
  });
});

it('a reason is something said, of bounded length, of what can be seen', () => {
  expect(reasonFault(' \n')).toBe('needed');
  expect(reasonFault('长'.repeat(LONGEST_REMOVAL_REASON + 1))).toBe('too_long');
  for (const text of ['a\u0000b', '\u001b[2J', '\ud800']) expect(reasonFault(text)).toBe('bad_character');
  expect(reasonFault('视频核对了身份证\n与工号')).toBeUndefined();
});
