import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import { instant } from '#app/core/instants.ts';
import { oneLine } from '#app/core/letter.ts';
import type { Locale, MailFacts } from '#app/core/mail.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';

export type CalendarFacts = Pick<
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
> & {
  /** Who comes: named in the centre's own file. */
  buyerZh?: string;
  buyerEn?: string;
  /** How often its time has changed: calendars keep the file with the highest. */
  sequence: number;
};

type Options = {
  /** `PUBLISH` puts it into a calendar, or moves what is there; `CANCEL` takes it out. */
  method: 'PUBLISH' | 'CANCEL';
  locale: Locale;
  /** Whole address of the order's page; its host is part of the UID, which stays the same as long as the order. */
  url: string;
  /** The address mail comes from, as `Name <address>` or bare. */
  from: string;
  /** UTC milliseconds, when the file is made. */
  now: number;
};

/**
 * A booking as a calendar file (RFC 5545, RFC 5546), its times in UTC, which every calendar shows in its owner's zone. Nobody is asked to
 * answer: with METHOD:REQUEST calendars would send a reply to an address that reads none. RFC 5546 wants an ORGANIZER with both methods;
 * without one, Outlook does not take a cancellation.
 */
export function calendarFile(facts: CalendarFacts, { method, locale, url, from, now }: Options): string {
  const centre = oneLine(pick(facts.centreZh, facts.centreEn, locale));
  const address = oneLine(pick(facts.addressZh, facts.addressEn, locale));
  const other = oneLine(pick(facts.buyerZh ?? '', facts.buyerEn ?? '', locale)) || centre;
  const cancelled = method === 'CANCEL';
  const calendar = ical({
    prodId: { company: 'Hengji', product: 'Hengji', language: locale === 'en' ? 'EN' : 'ZH' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.PUBLISH,
  });
  calendar.createEvent({
    id: `${facts.number}@${new URL(url).hostname}`,
    sequence: facts.sequence,
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    stamp: new Date(now),
    start: new Date(facts.startAt),
    end: new Date(facts.endAt),
    summary: oneLine(`${pick(facts.serviceZh, facts.serviceEn, locale)} · ${other}`),
    location: address || centre,
    organizer: { name: centre, email: bareAddress(from) },
    description: [
      ...(facts.arrivesAt ? [m.notices_calendar_arrival({ there: instant(facts.arrivesAt, facts.timeZone, locale) }, { locale })] : []),
      m.notices_calendar_description({ number: facts.number, link: url }, { locale }),
    ].join('\n'),
    url,
  });
  return calendar.toString();
}

const bareAddress = (from: string): string => /<([^<>]+)>/.exec(from)?.[1] ?? from;
