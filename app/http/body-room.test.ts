import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyRoom, type Leave } from './body-room.ts';

const KB = 1024;
const size = { all: 100 * KB, each: 40 * KB, waiting: 3, patienceMs: 20 };

describe('room for bodies', () => {
  it('is bounded for one place, and others do not wait behind it', async () => {
    const enter = bodyRoom(size);
    const [first, second] = [await enter('a', 20 * KB), await enter('a', 20 * KB)];
    const third = enter('a', 20 * KB);
    expect(await enter('b', 20 * KB)).toBeDefined();
    first?.();
    expect(await third).toBeDefined();
    second?.();
  });

  it('is not waited for longer than there is patience, nor by more than may wait', async () => {
    const enter = bodyRoom(size);
    await enter('a', 40 * KB);
    const late = [enter('a', KB), enter('a', KB), enter('a', KB)];
    expect(await enter('a', KB)).toBeUndefined();
    expect(await Promise.all(late)).toEqual([undefined, undefined, undefined]);
  });

  it('counts what is given back once, however often it is', async () => {
    const enter = bodyRoom({ ...size, patienceMs: 1 });
    const leave = await enter('a', 40 * KB);
    leave?.();
    leave?.();
    await enter('a', 40 * KB);
    expect(await enter('a', 8 * KB)).toBeUndefined();
  });

  it('is never given twice, whoever comes and goes in whatever order', async () => {
    const step = fc.record({
      place: fc.constantFrom('a', 'b', 'c', 'd'),
      bytes: fc.integer({ min: 0, max: 60 * KB }),
      leaves: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const enter = bodyRoom({ ...size, waiting: 100, patienceMs: 5 });
        const inside = new Map<Leave, { place: string; bytes: number }>();
        const pending: Promise<void>[] = [];
        const check = () => {
          const sum = (place?: string) =>
            [...inside.values()].filter((one) => !place || one.place === place).reduce((all, { bytes }) => all + bytes, 0);
          expect(sum()).toBeLessThanOrEqual(size.all);
          for (const place of 'abcd') expect(sum(place)).toBeLessThanOrEqual(size.each);
        };
        for (const { place, bytes, leaves } of steps) {
          pending.push(
            enter(place, bytes).then((leave) => {
              if (leave) inside.set(leave, { place, bytes: Math.min(Math.max(bytes, 8 * KB), size.each) });
              check();
            }),
          );
          await Promise.resolve();
          const [oldest] = inside.keys();
          if (leaves && oldest) {
            inside.delete(oldest);
            oldest();
          }
        }
        await Promise.all(pending);
      }),
      { numRuns: 60 },
    );
  });
});
