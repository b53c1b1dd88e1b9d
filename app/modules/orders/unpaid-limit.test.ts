import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Progress } from '#db/schema/orders.ts';
import { PROGRESS } from './machines.ts';
import { MOST_UNPAID_MINUTES, MOST_UNPAID_ORDERS, minutesKept, UNPAID, unpaidFault, unpaidStep } from './unpaid-limit.ts';

it.each([
  [1, 30, undefined],
  [MOST_UNPAID_ORDERS, MOST_UNPAID_MINUTES, undefined],
  [MOST_UNPAID_ORDERS + 1, 30, 'orders'],
  [2, MOST_UNPAID_MINUTES + 1, 'minutes'],
  [MOST_UNPAID_ORDERS + 1, MOST_UNPAID_MINUTES + 1, 'orders'],
  // One order alone may be as large as the service lets it.
  [1, MOST_UNPAID_MINUTES * 3, undefined],
] as const)('%i orders of %i minutes: %s', (orders, minutes, fault) => expect(unpaidFault({ orders, minutes })).toBe(fault));

it('more of either never makes it allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 60 }), fc.nat(30_000), fc.nat(20), fc.nat(9_000), (orders, minutes, more, longer) => {
      if (unpaidFault({ orders, minutes })) expect(unpaidFault({ orders: orders + more, minutes: minutes + longer })).toBeDefined();
    }),
  );
});

it('every pool an order stands in counts', () => {
  expect(minutesKept({ poolIds: ['a', 'b'], minutes: 90 })).toBe(180);
});

it('along every way of an order what was counted is taken back once', () => {
  const walk = (state: Progress, sum: number): void => {
    expect(sum).toBe(UNPAID.includes(state) ? 1 : 0);
    for (const to of Object.values(PROGRESS.moves[state])) walk(to, sum + unpaidStep(state, to));
  };
  for (const start of PROGRESS.start) walk(start, 1);
});
