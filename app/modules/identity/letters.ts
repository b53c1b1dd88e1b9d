/** What is written to people about their account. */

import { instant } from '#app/core/instants.ts';
import type { Letters } from '#app/core/letter.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { ROLE_NAMES } from './role-names.ts';

type AccountMail =
  | 'verify_email'
  | 'address_in_use'
  | 'reset_password'
  | 'password_changed'
  | 'new_device'
  | 'sessions_ended'
  | 'second_factor'
  | 'passkey_changed'
  | 'second_factor_taken'
  | 'invitation';

const PASSKEY = {
  added: { subject: m.identity_letter_passkey_added_subject, text: m.identity_letter_passkey_added_text },
  removed: { subject: m.identity_letter_passkey_removed_subject, text: m.identity_letter_passkey_removed_text },
  suspected: { subject: m.identity_letter_passkey_suspected_subject, text: m.identity_letter_passkey_suspected_text },
};

export const accountLetters: Letters<AccountMail> = {
  verify_email: ({ link, hours }, { locale, url }) => ({
    subject: m.identity_letter_verify_email_subject({}, { locale }),
    greeting: m.notices_hello({}, { locale }),
    paragraphs: [m.identity_letter_verify_email_text({ hours }, { locale })],
    rows: [],
    action: { label: m.identity_letter_verify_email_action({}, { locale }), href: url(link) },
    closing: m.notices_ignore({}, { locale }),
  }),
  address_in_use: ({ name, link, resetLink }, { locale, url }) => ({
    subject: m.identity_letter_address_in_use_subject({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    paragraphs: [m.identity_letter_address_in_use_text({ reset: url(resetLink) }, { locale })],
    rows: [],
    action: { label: m.identity_letter_address_in_use_action({}, { locale }), href: url(link) },
    closing: m.notices_ignore({}, { locale }),
  }),
  reset_password: ({ name, link, minutes }, { locale, url }) => ({
    subject: m.identity_letter_reset_password_subject({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    paragraphs: [m.identity_letter_reset_password_text({ minutes }, { locale })],
    rows: [],
    action: { label: m.identity_letter_reset_password_action({}, { locale }), href: url(link) },
    closing: m.notices_ignore({}, { locale }),
  }),
  password_changed: ({ name, link, at }, { locale, url }) => ({
    subject: m.identity_letter_password_changed_subject({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    // Nobody's own zone is known here: the platform's home zone, named.
    paragraphs: [m.identity_letter_password_changed_text({ at: instant(at, 'Asia/Shanghai', locale) }, { locale })],
    rows: [],
    action: { label: m.identity_letter_password_changed_action({}, { locale }), href: url(link) },
  }),
  new_device: ({ name, browser, system, network, at, link, resetLink }, { locale, url }) => ({
    subject: m.identity_letter_new_device_subject({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    paragraphs: [
      m.identity_letter_new_device_text({}, { locale }),
      m.identity_letter_new_device_else({ reset: url(resetLink) }, { locale }),
    ],
    rows: [
      [
        m.identity_letter_new_device_device({}, { locale }),
        browser && system ? m.identity_device({ browser, system }, { locale }) : m.identity_device_unknown({}, { locale }),
      ],
      [m.identity_letter_new_device_network({}, { locale }), network],
      [m.identity_letter_new_device_at({}, { locale }), instant(at, 'Asia/Shanghai', locale)],
    ],
    action: { label: m.identity_letter_new_device_action({}, { locale }), href: url(link) },
  }),
  sessions_ended: ({ name, at, link }, { locale, url }) => ({
    subject: m.identity_letter_sessions_ended_subject({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    paragraphs: [m.identity_letter_sessions_ended_text({ at: instant(at, 'Asia/Shanghai', locale) }, { locale })],
    rows: [],
    action: { label: m.identity_letter_sessions_ended_action({}, { locale }), href: url(link) },
  }),
  second_factor: ({ name, on, at, link }, { locale, url }) => ({
    subject: (on ? m.identity_letter_second_factor_on_subject : m.identity_letter_second_factor_off_subject)({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    paragraphs: [
      (on ? m.identity_letter_second_factor_on_text : m.identity_letter_second_factor_off_text)(
        { at: instant(at, 'Asia/Shanghai', locale) },
        { locale },
      ),
    ],
    rows: [],
    action: { label: m.identity_letter_second_factor_action({}, { locale }), href: url(link) },
  }),
  passkey_changed: ({ name, passkey, change, at, link }, { locale, url }) => ({
    subject: PASSKEY[change].subject({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    paragraphs: [PASSKEY[change].text({ passkey, at: instant(at, 'Asia/Shanghai', locale) }, { locale })],
    rows: [],
    action: { label: m.identity_letter_passkey_action({}, { locale }), href: url(link) },
  }),
  second_factor_taken: ({ name, asked, at, link }, { locale, url }) => ({
    subject: (asked ? m.identity_letter_second_asked_subject : m.identity_letter_second_taken_subject)({}, { locale }),
    greeting: m.notices_greeting({ name }, { locale }),
    paragraphs: [
      (asked ? m.identity_letter_second_asked_text : m.identity_letter_second_taken_text)(
        { at: instant(at, 'Asia/Shanghai', locale) },
        { locale },
      ),
    ],
    rows: [],
    action: { label: m.identity_letter_second_taken_action({}, { locale }), href: url(link) },
  }),
  invitation: ({ inviter, organisationZh, organisationEn, role, link, days }, { locale, url }) => {
    const organisation = pick(organisationZh, organisationEn, locale);
    const named = ROLE_NAMES[role]({}, { locale });
    return {
      subject: m.identity_letter_invitation_subject({ organisation }, { locale }),
      greeting: m.notices_hello({}, { locale }),
      paragraphs: [m.identity_letter_invitation_text({ inviter, organisation, role: named, days }, { locale })],
      rows: [],
      action: { label: m.identity_letter_invitation_action({}, { locale }), href: url(link) },
      closing: m.notices_ignore({}, { locale }),
    };
  },
};
