import ical, { ICalCalendarMethod } from 'ical-generator';
import type { Locale, MailFacts } from '#app/core/mail.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { instant } from './instants.ts';
import { oneLine } from './letter.ts';

type CalendarFacts = Pick<
  MailFacts['order_confirmed'],
  | 'number'
  | 'serviceZh'
  | 'serviceEn'
  | 'centreZh'
  | 'centreEn'
  | 'addressZh'
  | 'addressEn'
  | 'startAt'
  | 'endAt'
  | 'arrivesAt'
  | 'timeZone'
>;

/**
 * A booking as a calendar file (RFC 5545), its times in UTC, which every calendar shows in its owner's zone.
 * @param url whole address of the order's page
 * @param now UTC milliseconds, when the file is made
 */
export function calendarFile(facts: CalendarFacts, { locale, url, now }: { locale: Locale; url: string; now: number }): string {
  const centre = oneLine(pick(facts.centreZh, facts.centreEn, locale));
  const address = oneLine(pick(facts.addressZh, facts.addressEn, locale));
  const calendar = ical({
    prodId: { company: 'Hengji', product: 'Hengji', language: locale === 'en' ? 'EN' : 'ZH' },
    method: ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${facts.number}@${new URL(url).hostname}`,
    stamp: new Date(now),
    start: new Date(facts.startAt),
    end: new Date(facts.endAt),
    summary: oneLine(`${pick(facts.serviceZh, facts.serviceEn, locale)} · ${centre}`),
    location: address || centre,
    description: [
      ...(facts.arrivesAt ? [m.notices_calendar_arrival({ there: instant(facts.arrivesAt, facts.timeZone, locale) }, { locale })] : []),
      m.notices_calendar_description({ number: facts.number, link: url }, { locale }),
    ].join('\n'),
    url,
  });
  return calendar.toString();
}
