import { randomUUID } from 'node:crypto';
import type { Services } from '#app/http/services.server.ts';
import { pick } from '#app/i18n/locale.ts';
import { dayOf, isoDay, mondayOf } from '#app/modules/scheduling/local-day.ts';
import { viewFor } from './answer.server.ts';
import { EMPTY_ROW, typedFromAddress } from './typed.ts';

/** The page as an address opens it: a chosen time shows its week, what is to be measured is named as the service names it. */
export async function openBooking(services: Services, slug: string, params: URLSearchParams) {
  const typed = typedFromAddress(params, randomUUID(), { ...EMPTY_ROW });
  const { view, typed: kept } = await viewFor(services, slug, typed);
  if (view.kind === 'paused') return { view, typed: kept };
  const { instrumentZh, instrumentEn } = view.service;
  kept.rows = [{ ...EMPTY_ROW, name: pick(instrumentZh, instrumentEn) }];
  kept.quantity = String(view.quantity);
  if (kept.startAt === null || params.has('week')) return { view, typed: kept };
  const week = isoDay(mondayOf(dayOf(view.week.zone, kept.startAt)));
  // Somebody else may have been faster while this one signed in.
  const gone = { code: 'start_gone' as const };
  const around = week === view.week.days[0]?.day ? { view, typed: kept } : await viewFor(services, slug, { ...kept, week });
  if (around.view.kind === 'paused') return around;
  const free = around.view.week.days.some((day) => day.starts.some((start) => start.at === kept.startAt));
  return free ? around : { ...around, typed: { ...around.typed, startAt: null }, refusal: gone };
}
