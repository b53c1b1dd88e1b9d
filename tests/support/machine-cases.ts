import { describe, expect, it } from 'vitest';
import type { Machine } from '#app/modules/orders/machines.ts';

/** What holds for every state machine; its own test calls it, and says what holds for it alone. */
export function machineCases<S extends string, E extends string>(name: string, { start, terminal, moves }: Machine<S, E>): void {
  const states = Object.keys(moves) as S[];
  const leads = (state: S) => Object.values(moves[state] ?? {}) as S[];

  describe(`the ${name} machine`, () => {
    it('knows every state it leads to', () => {
      for (const state of [...start, ...terminal, ...states.flatMap(leads)]) expect(states).toContain(state);
    });

    it('reaches every state', () => {
      const reached = new Set<S>(start);
      for (const state of reached) for (const target of leads(state)) reached.add(target);
      expect([...reached].sort()).toEqual([...states].sort());
    });

    it('names exactly the states nothing leads out of', () => {
      expect([...terminal].sort()).toEqual(states.filter((state) => leads(state).length === 0).sort());
    });
  });
}
