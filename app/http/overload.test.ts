import { describe, expect, it } from 'vitest';
import { overload } from './overload.ts';

/** A loop whose time and turns the test makes; every request takes so many ms, and is answered at once or when the test says. */
function loop(eachMs: number, { answers = true } = {}) {
  let time = 0;
  let next: (() => void)[] = [];
  const load = overload(
    () => time,
    (work) => next.push(work),
  );
  const seen = { served: [] as string[], away: [] as string[], inTurn: 0, most: 0 };
  const ask = (name: string, isSignedIn = false) =>
    load.ask({
      begin: () => {
        time += eachMs;
        seen.served.push(name);
        seen.most = Math.max(seen.most, ++seen.inTurn);
        if (answers) load.end();
      },
      turnAway: () => seen.away.push(name),
      isSignedIn: async () => isSignedIn,
    });
  const turn = () => {
    const [work, before] = [next, time];
    next = [];
    seen.inTurn = 0;
    for (const one of work) one();
    return time - before;
  };
  return { load, ask, turn, seen, pass: (ms: number) => (time += ms), over: () => next.length === 0 };
}

describe('overload', () => {
  it('begins a few at once, and serves a crowd in short turns', async () => {
    const { ask, turn, seen, over } = loop(3);
    for (let i = 0; i < 40; i++) await ask(`v${i}`);
    expect(seen.served).toHaveLength(4);
    while (!over()) expect(turn()).toBeLessThanOrEqual(12);
    expect(seen.served).toHaveLength(40);
    expect(seen.away).toEqual([]);
  });

  it('turns visitors away before those who are signed in, who are served first', async () => {
    const { ask, turn, seen, over } = loop(3);
    for (let i = 0; i < 200; i++) await ask(`v${i}`);
    for (let i = 0; i < 20; i++) await ask(`m${i}`, true);
    expect(seen.away).toHaveLength(200 - 4 - 48);
    turn();
    expect(seen.served.slice(4).every((name) => name.startsWith('m'))).toBe(true);
    while (!over()) turn();
    expect(seen.served.filter((name) => name.startsWith('m'))).toHaveLength(20);
    // It is over as soon as the crowd is.
    await ask('later');
    expect(seen.served.at(-1)).toBe('later');
  });

  it('is bounded for those who are signed in too', async () => {
    const { ask, seen, load } = loop(3);
    for (let i = 0; i < 1000; i++) await ask(`m${i}`, true);
    expect(load.state()).toEqual({ atWork: 0, waiting: 48 + 256, turnedAway: { visitors: 1000 - 4 - 48 - 256, signedIn: 0 } });
    expect(seen.away).toHaveLength(1000 - 4 - 48 - 256);
  });

  it('is no long piece of work with a few behind it, and no hundreds that wait for something else', async () => {
    const slow = loop(2);
    await slow.ask('first');
    slow.pass(2000);
    for (let i = 0; i < 12; i++) await slow.ask(`v${i}`);
    while (!slow.over()) slow.turn();
    expect(slow.seen.away).toEqual([]);
    const waiting = loop(0, { answers: false });
    for (let i = 0; i < 500; i++) await waiting.ask(`v${i}`);
    expect(waiting.seen.served).toHaveLength(500);
  });

  it('begins no more than memory bears, and goes on when one is answered', async () => {
    const { ask, turn, seen, load, over } = loop(0, { answers: false });
    for (let i = 0; i < 600; i++) await ask(`v${i}`);
    while (!over()) turn();
    expect([seen.served.length, seen.away.length]).toEqual([512, 600 - 512 - 48]);
    load.end();
    turn();
    expect(seen.served).toHaveLength(513);
  });

  it('begins one a turn while the turns are full of what was begun before', async () => {
    const { ask, turn, seen, pass } = loop(1);
    for (let i = 0; i < 30; i++) await ask(`v${i}`);
    turn();
    const before = seen.served.length;
    for (let i = 0; i < 3; i++) {
      pass(100);
      turn();
    }
    expect(seen.served.length - before).toBe(3);
  });
});
