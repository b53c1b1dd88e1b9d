import { describe, expect, it } from 'vitest';
import { checkStep, decisionFault } from './check-rules.ts';

const stated = { kind: 'CNAS' as const, checkState: 'stated' as const, evidenceId: 'f', validUntil: 100, revision: 3 };

describe('the check of an accreditation', () => {
  it.each([
    ['with its certificate, stated', {}, 'waiting'],
    ['without it', { evidenceId: null }, 'no_certificate'],
    ['accepted', { checkState: 'accepted' as const }, 'accepted'],
    ['refused', { checkState: 'refused' as const }, 'refused'],
    ['over, though accepted', { checkState: 'accepted' as const, validUntil: 50 }, 'ended'],
    ['an own statement', { kind: 'internal' as const }, 'own'],
  ])('%s', (_, change, step) => {
    expect(checkStep({ ...stated, ...change }, 50)).toBe(step);
  });

  it('is decided on what was shown, once', () => {
    expect(decisionFault(stated, 3, 50)).toBeUndefined();
    expect(decisionFault(stated, 2, 50)).toBe('changed');
    expect(decisionFault({ ...stated, checkState: 'accepted' }, 3, 50)).toBe('decided');
    expect(decisionFault({ ...stated, evidenceId: null }, 3, 50)).toBe('no_certificate');
    expect(decisionFault(stated, 3, 100)).toBe('ended');
  });
});
