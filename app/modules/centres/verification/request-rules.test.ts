import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  afterEvent,
  documentsFault,
  entryFault,
  MOST_DOCUMENTS,
  MOST_DOCUMENTS_BYTES,
  MOST_STATEMENT,
  statementFault,
  VERIFICATION_REQUEST,
  type VerificationRequestEvent,
  type VerificationRequestState,
} from './request-rules.ts';

const STATES = Object.keys(VERIFICATION_REQUEST) as VerificationRequestState[];
const EVENTS: VerificationRequestEvent[] = ['accept', 'refuse', 'withdraw', 'lose'];

describe('how a verification request goes on', () => {
  it('reaches every state from waiting, and leads to states it knows', () => {
    const reached = new Set<VerificationRequestState>(['waiting']);
    for (const state of reached) for (const target of Object.values(VERIFICATION_REQUEST[state])) reached.add(target);
    expect([...reached].sort()).toEqual([...STATES].sort());
  });

  it('is walked once: whatever happens first stays', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...EVENTS), { minLength: 1 }), (events) => {
        let state: VerificationRequestState = 'waiting';
        for (const event of events) state = afterEvent(state, event) ?? state;
        expect(state).toBe(VERIFICATION_REQUEST.waiting[events[0] as VerificationRequestEvent]);
      }),
    );
  });
});

describe('whose an entry may become', () => {
  const free = { id: 'e', organisationId: null, verifiedAt: null };
  const asker = { organisationId: 'a', ownEntryId: null };

  it.each([
    ['an unclaimed one', free, asker, undefined],
    ['its own, not yet verified', { ...free, organisationId: 'a' }, { ...asker, ownEntryId: 'e' }, undefined],
    ['its own, verified', { ...free, organisationId: 'a', verifiedAt: 1 }, { ...asker, ownEntryId: 'e' }, 'verified'],
    ["another's", { ...free, organisationId: 'b' }, asker, 'taken'],
    ["another's, verified", { ...free, organisationId: 'b', verifiedAt: 1 }, { ...asker, ownEntryId: 'f' }, 'taken'],
    ['an unclaimed one beside its own', free, { ...asker, ownEntryId: 'f' }, 'own_entry'],
  ] as const)('%s', (_, entry, of, expected) => {
    expect(entryFault(entry, of)).toBe(expected);
  });
});

describe('what a verification request must hold', () => {
  it('is something said, of bounded length, without what cannot be seen', () => {
    expect(statementFault(' \n ')).toBe('needed');
    expect(statementFault('长'.repeat(MOST_STATEMENT + 1))).toBe('too_long');
    for (const text of ['a\u0000b', 'a\u001bb', '\ud800']) expect(statementFault(text)).toBe('bad_character');
    expect(statementFault('我们是这个中心。\n\t联系人：示范')).toBeUndefined();
  });

  it('is one to five documents, not too large together', () => {
    expect(documentsFault([])).toBe('none');
    expect(documentsFault(Array(MOST_DOCUMENTS).fill(1))).toBeUndefined();
    expect(documentsFault(Array(MOST_DOCUMENTS + 1).fill(1))).toBe('too_many');
    expect(documentsFault([MOST_DOCUMENTS_BYTES])).toBeUndefined();
    expect(documentsFault([MOST_DOCUMENTS_BYTES, 1])).toBe('together');
  });
});
