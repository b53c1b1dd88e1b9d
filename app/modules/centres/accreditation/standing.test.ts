import { describe, expect, it } from 'vitest';
import { standingInTime, WARNING_DAYS, warningDue } from './standing.ts';

const DAY = 86_400_000;
const END = 400 * DAY;

describe('an accreditation in time', () => {
  it('is to come, in force, ending, ended', () => {
    const at = (now: number) => standingInTime({ validFrom: DAY, validUntil: END }, now);
    expect(at(0).state).toBe('coming');
    expect(at(DAY)).toEqual({ state: 'in_force', daysLeft: 399 });
    expect(at(END - 90 * DAY - 1).state).toBe('in_force');
    expect(at(END - 90 * DAY)).toEqual({ state: 'ending', daysLeft: 90 });
    expect(at(END - 1)).toEqual({ state: 'ending', daysLeft: 0 });
    expect(at(END)).toEqual({ state: 'ended', daysLeft: 0 });
  });

  it('is warned of once at each threshold, however seldom somebody looks', () => {
    for (const every of [1, 5, 40]) {
      let warnedDays: number | null = null;
      const sent: number[] = [];
      for (let now = END - 120 * DAY; now < END + 120 * DAY; now += every * DAY) {
        const due = warningDue({ validUntil: END, warnedDays }, now);
        if (due === null) continue;
        sent.push(due);
        warnedDays = due;
      }
      expect(sent).toEqual(every === 40 ? [90, 0] : [...WARNING_DAYS]);
    }
  });

  it('ended long ago is no news', () => {
    expect(warningDue({ validUntil: END, warnedDays: null }, END + 8 * DAY)).toBeNull();
    expect(warningDue({ validUntil: END, warnedDays: null }, END + 6 * DAY)).toBe(0);
  });
});
