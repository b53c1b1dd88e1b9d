import { describe, expect, it } from 'vitest';
import { ATTEMPT_FROM, REFUND_FROM } from './attempt-machine.ts';

/** All states a walk from the first one can come to. */
function reachable(from: Record<string, readonly string[]>, start: string): Set<string> {
  const seen = new Set([start]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [state, sources] of Object.entries(from))
      if (!seen.has(state) && sources.some((source) => seen.has(source))) {
        seen.add(state);
        grown = true;
      }
  }
  return seen;
}

describe.each([
  ['a checkout', 'starting', ATTEMPT_FROM],
  ['a refund', 'waiting', REFUND_FROM],
] as const)('%s', (_, first, machine: Record<string, readonly string[]>) => {
  it('begins in its first state, and every state can be reached from there', () => {
    expect(machine[first]).toEqual([]);
    expect(reachable(machine, first)).toEqual(new Set(Object.keys(machine)));
  });
  it('moves from known states, never to the one it is in', () => {
    for (const [state, sources] of Object.entries(machine)) {
      expect(Object.keys(machine)).toEqual(expect.arrayContaining([...sources]));
      expect(sources).not.toContain(state);
    }
  });
});

describe('money', () => {
  it('that came counts whatever was believed before, and nothing undoes it', () => {
    const others = Object.keys(ATTEMPT_FROM).filter((state) => state !== 'paid');
    expect([...ATTEMPT_FROM.paid].sort()).toEqual(others.sort());
    expect(Object.values(ATTEMPT_FROM).flat()).not.toContain('paid');
  });
});
