import { describe, expect, it } from 'vitest';
import { moveUntil, offerUntil } from './offer-rules.ts';

const zone = 'Asia/Shanghai';
const at = (text: string) => Date.parse(`${text}+08:00`);
const anyTime = (now: number) => now;
/** One whole day ahead: what begins tomorrow may be booked today. */
const tomorrow = (now: number) => (Math.floor((now + 8 * 3_600_000) / 86_400_000) + 1) * 86_400_000 - 8 * 3_600_000;

describe('how long a freed slot is kept', () => {
  it('is four hours by day, and until ten in the morning when it is freed in the evening or at night', () => {
    const startAt = at('2026-12-10T09:00');
    const until = (now: string) => offerUntil(at(now), { startAt, zone, earliest: anyTime });
    expect(until('2026-12-01T10:00')).toBe(at('2026-12-01T14:00'));
    expect(until('2026-12-01T17:59')).toBe(at('2026-12-01T21:59'));
    expect(until('2026-12-01T18:00')).toBe(at('2026-12-02T10:00'));
    expect(until('2026-12-02T05:59')).toBe(at('2026-12-02T10:00'));
    expect(until('2026-12-02T06:00')).toBe(at('2026-12-02T10:00'));
  });

  it('ends before the lead time does, and with less than half an hour it is not offered', () => {
    const startAt = at('2026-12-02T09:00');
    const until = (now: string) => offerUntil(at(now), { startAt, zone, earliest: tomorrow });
    expect(until('2026-12-01T19:00')).toBe(at('2026-12-02T00:00'));
    expect(until('2026-12-01T23:31')).toBeNull();
    expect(until('2026-12-02T00:00')).toBeNull();
    expect(offerUntil(at('2026-12-02T08:00'), { startAt, zone, earliest: anyTime })).toBe(startAt);
  });
});

it('a move may be answered for two days, and before either time has come', () => {
  const now = at('2026-12-01T10:00');
  expect(moveUntil(now, at('2026-12-20T09:00'), at('2026-12-21T09:00'))).toBe(at('2026-12-03T10:00'));
  expect(moveUntil(now, at('2026-12-02T09:00'), at('2026-12-21T09:00'))).toBe(at('2026-12-02T09:00'));
  expect(moveUntil(now, at('2026-12-20T09:00'), at('2026-12-01T15:00'))).toBe(at('2026-12-01T15:00'));
  expect(moveUntil(now, at('2026-12-01T09:00'), at('2026-12-01T15:00'))).toBe(at('2026-12-01T15:00'));
});
