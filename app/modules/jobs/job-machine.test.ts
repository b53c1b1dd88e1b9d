import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { next } from '#app/modules/orders/machines.ts';
import type { JobState } from '#db/schema/jobs.ts';
import { machineCases } from '#tests/support/machine-cases.ts';
import { JOB, type JobEvent, progressOf, statesBefore } from './job-machine.ts';

const STATES = Object.keys(JOB.moves) as JobState[];
const EVENTS: readonly JobEvent[] = ['receive', 'begin', 'report', 'close', 'refuse', 'fail', 'cancel'];

machineCases('job', JOB);

describe('a job', () => {
  it('leads to one state by each event, wherever it is known', () => {
    for (const event of EVENTS) {
      const targets = statesBefore(event).map((state) => next(JOB, state, event));
      expect(targets.length).toBeGreaterThan(0);
      expect(new Set(targets).size).toBe(1);
    }
  });

  it('never goes back', () => {
    for (const [state, moves] of Object.entries(JOB.moves) as [JobState, Partial<Record<JobEvent, JobState>>][])
      for (const target of Object.values(moves)) expect(STATES.indexOf(target)).toBeGreaterThan(STATES.indexOf(state));
  });
});

describe('what an order shows of its work', () => {
  const RANK = { confirmed: 0, received: 1, in_service: 2, reported: 3, closed: 4 };
  const RANK_OF: Record<JobState, number> = {
    awaited: 0,
    received: 1,
    in_service: 2,
    reported: 3,
    closed: 4,
    refused: 4,
    failed: 4,
    cancelled: 4,
  };
  const states = fc.array(fc.constantFrom(...STATES), { minLength: 1, maxLength: 30 });

  it('is where its last piece stands, finished when all have ended, in whatever order they lie', () => {
    fc.assert(
      fc.property(states, fc.nat(), (all, turn) => {
        expect(RANK[progressOf(all)]).toBe(Math.min(...all.map((state) => RANK_OF[state])));
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)];
        expect(progressOf(turned)).toBe(progressOf(all));
        expect(progressOf(all) === 'closed').toBe(all.every((state) => JOB.terminal.includes(state)));
      }),
    );
  });

  it('never goes back, whatever happens to one of them', () => {
    fc.assert(
      fc.property(states, fc.nat(), fc.constantFrom(...EVENTS), (all, which, event) => {
        const i = which % all.length;
        const to = next(JOB, all[i]!, event);
        if (to) expect(RANK[progressOf(all.with(i, to))]).toBeGreaterThanOrEqual(RANK[progressOf(all)]);
      }),
    );
  });

  it('is what each is when they move together', () => {
    for (const count of [1, 2, 200]) {
      const of = (state: JobState) => progressOf(Array.from({ length: count }, () => state));
      expect(['awaited', 'received', 'in_service', 'reported', 'closed'].map((state) => of(state as JobState))).toEqual([
        'confirmed',
        'received',
        'in_service',
        'reported',
        'closed',
      ]);
    }
  });
});
