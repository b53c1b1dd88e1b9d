import { describe, expect, it } from 'vitest';
import { decimalHabit } from './number-habit.ts';

describe('how a file writes decimals', () => {
  it.each<[string, string[], 'comma' | 'point' | undefined]>([
    ['commas', ['0,5 mm bis 100 mm', '0,06 µm'], 'comma'],
    ['commas, thousands by points', ['1.000,5 N', '12.500,25 N', '1.000 N'], 'comma'],
    ['points, thousands by commas', ['(0 to 10,000) psi', '1,000.5 lbf', '0.25 psi'], 'point'],
    ['points', ['0.5 mm', '0.06 µm'], 'point'],
    ['thousands alone show nothing', ['1,000 lbf', '10,000 lbf'], undefined],
    ['three digits behind a point show nothing', ['1.000', '2.500'], undefined],
    ['one alone may be a slip', ['0,5 mm', '5 mm'], undefined],
    ['both', ['0,5 mm', '1,5 mm', '0.5 mm', '2.5 mm'], undefined],
    ['a list of points', ['1,2,5 g', '10,20,50 g'], undefined],
    ['the number of a clause among many commas', ['0,5', ...Array.from({ length: 30 }, (_, i) => `${i},25`), 'EN 1.2'], 'comma'],
    ['full width', ['0，5 mm', '1，25 mm'], 'comma'],
    ['nothing', ['abc', ''], undefined],
  ])('%s', (_, texts, habit) => expect(decimalHabit(texts)).toBe(habit));
});
