import type { Deps } from '#app/core/deps.ts';
import type { Module } from '#app/core/module.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { mailUnread } from './mail-unread.server.ts';

declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    message: true;
  }
}

declare module '#app/core/mail.server.ts' {
  interface MailFacts {
    /** `count` of unread messages in one conversation; `number` of the order, empty when it is about a service. What was written is not in it. */
    message_waiting: {
      count: number;
      number: string;
      serviceZh: string;
      serviceEn: string;
      fromZh: string;
      fromEn: string;
      link: string;
    };
  }
}

/** What messages tells the composition. */
export const messages = {
  letters: {
    message_waiting: ({ count, number, serviceZh, serviceEn, fromZh, fromEn, link }, { locale, url }) => {
      const from = pick(fromZh, fromEn, locale);
      const service = pick(serviceZh, serviceEn, locale);
      return {
        subject: m.notices_message_waiting_subject({ from, service }, { locale }),
        greeting: m.notices_hello({}, { locale }),
        paragraphs: [m.notices_message_waiting_text({ from, count }, { locale })],
        rows: (
          [
            [m.notices_row_number({}, { locale }), number],
            [m.notices_row_service({}, { locale }), service],
          ] satisfies [string, string][]
        ).filter(([, value]) => value !== ''),
        action: { label: m.notices_action_messages({}, { locale }), href: url(link) },
        closing: m.notices_message_waiting_closing({}, { locale }),
      };
    },
  },
  effects: mailUnread,
} as const satisfies Module<Deps>;
