import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { cellAt, cellFrom, cellStart, cellsTouched, cellsWithin, cellWallClock, isGrid } from './grid.ts';
import { isoDay } from './local-day.ts';

const grids = fc.constantFrom(5, 10, 15, 20, 30, 60, 120, 480, 1440);
const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) });

describe('grid', () => {
  it('puts every instant into exactly one cell', () => {
    fc.assert(
      fc.property(grids, instants, (grid, ms) => {
        const cell = cellAt(grid, ms);
        expect(cellStart(grid, cell)).toBeLessThanOrEqual(ms);
        expect(cellStart(grid, cell + 1)).toBeGreaterThan(ms);
        expect(cellAt(grid, cellStart(grid, cell))).toBe(cell);
        expect(cellFrom(grid, ms)).toBe(cellStart(grid, cell) === ms ? cell : cell + 1);
      }),
    );
  });

  it('tells the local time a cell begins, as Temporal does', () => {
    fc.assert(
      fc.property(grids, instants, fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'Australia/Lord_Howe'), (grid, ms, zone) => {
        const cell = cellAt(grid, ms);
        const local = Temporal.Instant.fromEpochMilliseconds(cellStart(grid, cell)).toZonedDateTimeISO(zone);
        const { day, minute } = cellWallClock(zone, grid, cell);
        expect([isoDay(day), minute]).toEqual([local.toPlainDate().toString(), local.hour * 60 + local.minute]);
      }),
    );
  });

  it('keeps whole cells inside an interval and touched cells around it', () => {
    const interval = { from: Date.UTC(2026, 0, 1, 8, 50), until: Date.UTC(2026, 0, 1, 10, 10) };
    const nine = cellAt(30, Date.UTC(2026, 0, 1, 9));
    expect(cellsWithin(30, interval)).toEqual({ from: nine, until: nine + 2 });
    expect(cellsTouched(30, interval)).toEqual({ from: nine - 1, until: nine + 3 });
  });

  it('takes only grids that divide a day', () => {
    expect([1, 5, 30, 45, 1440].every(isGrid)).toBe(true);
    expect([0, -30, 7, 50, 2880, 0.5, Number.NaN].some(isGrid)).toBe(false);
  });
});
