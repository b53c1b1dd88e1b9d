import { expect, it } from 'vitest';
import { outlasted } from './refund-windows.ts';

it.each([
  [1, []],
  [90, []],
  [91, ['alipay']],
  [180, ['alipay']],
  [181, ['alipay', 'wechat_pay']],
])('work that ends in %d days outlasts %j', (days, methods) => {
  expect(outlasted(1_800_000_000_000, 1_800_000_000_000 + days * 86_400_000)).toEqual(methods);
});
