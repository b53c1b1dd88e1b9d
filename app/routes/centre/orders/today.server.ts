/** A booking of the day as it is shown: times in words, where, with what, what to do next. */
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { viewDayList } from '#app/modules/jobs/view-day-list.server.ts';
import { day as dayName, time } from '#app/ui/format.ts';
import { nextAdvance } from '../words.ts';

type DayList = Awaited<ReturnType<typeof viewDayList>>;
export type TodayRow = ReturnType<typeof todayRow>;

/** @param works whether the reader may move work on */
export function todayRow(job: DayList['jobs'][number], { zone: timeZone, span }: DayList, works: boolean) {
  const manyDays = job.startAt < span.from || job.endAt > span.until;
  const comma = m.centre_list_comma();
  return {
    id: job.id,
    number: job.number,
    version: job.version,
    progress: job.progress,
    expedited: job.expedited,
    family: job.family,
    deliveryMode: job.deliveryMode,
    advance: works ? nextAdvance(job.progress, job) : undefined,
    from: time(job.from, { timeZone }),
    until: time(job.until, { timeZone }),
    /** Of a job of several days: all of it. */
    whole: manyDays ? m.centre_day_whole({ from: dayName(job.startAt, { timeZone }), until: dayName(job.endAt, { timeZone }) }) : '',
    service: pick(job.serviceZh, job.serviceEn),
    quantity: job.quantity,
    buyer: pick(job.buyerZh, job.buyerEn),
    places: job.places.map(({ nameZh, nameEn }) => pick(nameZh, nameEn)).join(comma),
    address: job.deliveryMode === 'on_site' && job.address ? job.address : null,
    items: job.items.map(({ name, model, serial }) => [name, model, serial].filter(Boolean).join(' ')).join(comma),
    more: job.itemCount > job.items.length ? m.centre_day_items({ count: job.itemCount }) : '',
  };
}
