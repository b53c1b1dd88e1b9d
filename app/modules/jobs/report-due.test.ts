import { describe, expect, it } from 'vitest';
import { reportDueAt } from './report-due.ts';

const ZONE = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);
const due = (end: string, days: number) => new Date(reportDueAt(ZONE, at(end), days) + 8 * 3_600_000).toISOString().slice(0, 16);

describe('the day a report is due', () => {
  it('is the day of the work itself when no days are given', () => {
    expect(due('2026-11-23T17:00', 0)).toBe('2026-11-23T23:59');
  });

  it('leaves out weekends', () => {
    expect(due('2026-11-27T17:00', 1)).toBe('2026-11-30T23:59');
    expect(due('2026-11-26T17:00', 5)).toBe('2026-12-03T23:59');
  });

  it('leaves out public holidays and counts make-up days', () => {
    // 2026: 1 to 7 October off, 20 September and 10 October worked (State Council notice for 2026).
    expect(due('2026-09-30T17:00', 1)).toBe('2026-10-08T23:59');
    expect(due('2026-10-09T17:00', 1)).toBe('2026-10-10T23:59');
  });
});
