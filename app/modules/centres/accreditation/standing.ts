/** How long an accreditation still holds, and when its centre is to be told. */
const DAY_MS = 86_400_000;

/** Days before the end at which a centre is warned; 0: it has ended. */
export const WARNING_DAYS = [90, 30, 7, 0] as const;
/** An end longer ago is no news: nobody is written to about it. */
const NEWS_DAYS = 7;

export type Standing = { state: 'coming' | 'in_force' | 'ending' | 'ended' /** Whole days left, 0 on the last. */; daysLeft: number };

export function standingInTime({ validFrom, validUntil }: { validFrom: number; validUntil: number }, now: number): Standing {
  const daysLeft = Math.max(0, Math.floor((validUntil - now) / DAY_MS));
  if (now < validFrom) return { state: 'coming', daysLeft };
  if (now >= validUntil) return { state: 'ended', daysLeft: 0 };
  return { state: validUntil - now <= WARNING_DAYS[0] * DAY_MS ? 'ending' : 'in_force', daysLeft };
}

/** The warning that is due now: the latest reached that was not sent yet; null when none is. */
export function warningDue(
  { validUntil, warnedDays }: { validUntil: number; warnedDays: number | null },
  now: number,
): (typeof WARNING_DAYS)[number] | null {
  const left = (validUntil - now) / DAY_MS;
  if (left < -NEWS_DAYS) return null;
  const reached = WARNING_DAYS.filter((days) => (days === 0 ? left <= 0 : left <= days)).at(-1);
  return reached !== undefined && (warnedDays === null || reached < warnedDays) ? reached : null;
}
