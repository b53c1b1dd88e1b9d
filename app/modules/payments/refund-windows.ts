/** How long after paying a method takes money back: beyond it a refund has to find another way. */
const DAY_MS = 86_400_000;
const WINDOWS = { alipay: 90 * DAY_MS, wechat_pay: 180 * DAY_MS };

/** The methods whose window closes before the work ends (UTC ms), when paid for now; the shortest window first. */
export const outlasted = (now: number, endAt: number): (keyof typeof WINDOWS)[] =>
  (Object.keys(WINDOWS) as (keyof typeof WINDOWS)[]).filter((method) => endAt - now > WINDOWS[method]);
