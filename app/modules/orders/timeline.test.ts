import { describe, expect, it } from 'vitest';
import { possibleActions } from './order-actions.ts';
import { stepsOf } from './timeline.ts';

const event = (kind: string, at: number) => ({ kind, at });
const short = (steps: ReturnType<typeof stepsOf>) => steps.map((step) => `${step.progress} ${step.state}`);

describe('the timeline', () => {
  it('has no receipt ahead for work that begins at once, and keeps one that was', () => {
    expect(short(stepsOf({ progress: 'confirmed', beginsAtOnce: true }, [event('held', 1), event('paid', 2)]))).toEqual([
      'held done',
      'confirmed now',
      'in_service ahead',
      'reported ahead',
      'closed ahead',
    ]);
    const steps = stepsOf({ progress: 'received', beginsAtOnce: true }, [event('held', 1), event('paid', 2), event('received', 3)]);
    expect(short(steps)).toContain('received now');
  });

  it('shows what is passed, where the order stands and what is ahead', () => {
    expect(
      short(
        stepsOf({ progress: 'received', beginsAtOnce: false }, [
          event('held', 1),
          event('payment_started', 2),
          event('paid', 3),
          event('received', 4),
        ]),
      ),
    ).toEqual(['held done', 'confirmed done', 'received now', 'in_service ahead', 'reported ahead', 'closed ahead']);
  });

  it('begins with the request where there was one', () => {
    const steps = stepsOf({ progress: 'held', beginsAtOnce: false }, [event('requested', 1), event('accepted', 5)]);
    expect(steps.slice(0, 2)).toEqual([
      { progress: 'requested', state: 'done', at: 1 },
      { progress: 'held', state: 'now', at: 5 },
    ]);
  });

  it('ends where the order ended', () => {
    expect(
      short(stepsOf({ progress: 'cancelled', beginsAtOnce: false }, [event('held', 1), event('paid', 2), event('cancelled', 3)])),
    ).toEqual(['held done', 'confirmed done', 'cancelled ended']);
    expect(short(stepsOf({ progress: 'declined', beginsAtOnce: false }, [event('requested', 1), event('declined', 3)]))).toEqual([
      'requested done',
      'declined ended',
    ]);
  });

  it('leaves out what was never received, and has nothing ahead of a closed order', () => {
    const all = ['held', 'paid', 'in_service', 'reported', 'closed'].map((kind, at) => event(kind, at));
    expect(short(stepsOf({ progress: 'closed', beginsAtOnce: false }, all))).toEqual([
      'held done',
      'confirmed done',
      'in_service done',
      'reported done',
      'closed done',
    ]);
  });

  it('does not stumble over kinds it does not know', () => {
    expect(short(stepsOf({ progress: 'held', beginsAtOnce: false }, [event('constructor', 0), event('held', 1)]))[0]).toBe('held now');
  });
});

describe('what may be done', () => {
  const order = {
    progress: 'held',
    workBegunAt: null,
    payment: 'unpaid',
    startAt: 1_000,
    holdExpiresAt: 100,
    decisionDueAt: null,
    verified: true,
  } as const;
  const may = (facts: Parameters<typeof possibleActions>[0], side: 'buyer' | 'centre', now = 0) =>
    Object.fromEntries(possibleActions(facts, side, now).map((state) => [state.action, state.possible || state.why]));

  it('is paying and cancelling for the buyer of a hold, until it ends', () => {
    expect(may(order, 'buyer')).toEqual({ pay: true, cancel: true });
    expect(may(order, 'buyer', 100)).toEqual({ pay: 'hold_ended', cancel: true });
    expect(may({ ...order, payment: 'processing' }, 'buyer')).toEqual({ pay: 'payment_under_way', cancel: true });
  });

  it('is deciding for the centre, in time', () => {
    const requested = { ...order, progress: 'requested', decisionDueAt: 50 } as const;
    expect(may(requested, 'centre')).toEqual({ accept: true, decline: true, cancel: 'not_yet' });
    expect(may(requested, 'centre', 50)).toMatchObject({ accept: 'too_late', decline: true });
    expect(may(requested, 'buyer')).toEqual({ pay: 'waiting_for_centre', cancel: true });
  });

  it('waits while the centre is not verified, where it leads to money', () => {
    const held = { ...order, verified: false };
    expect(may(held, 'buyer')).toEqual({ pay: 'centre_unverified', cancel: true });
    expect(may(held, 'buyer', 100)).toMatchObject({ pay: 'hold_ended' });
    const requested = { ...held, progress: 'requested', decisionDueAt: 50 } as const;
    expect(may(requested, 'centre')).toEqual({ accept: 'centre_unverified', decline: true, cancel: 'not_yet' });
    expect(may(requested, 'centre', 50)).toMatchObject({ accept: 'too_late' });
  });

  it('says that deciding is over once the order is at work, and cancelling when the work is reported', () => {
    const working = { ...order, progress: 'in_service', workBegunAt: 1, payment: 'paid' } as const;
    expect(may(working, 'centre')).toEqual({ accept: 'past', decline: 'past', cancel: true });
    expect(may({ ...working, progress: 'reported' }, 'centre')).toMatchObject({ cancel: 'past' });
    expect(may(working, 'buyer')).toEqual({ pay: 'past', cancel: 'past' });
  });
});
