/** People, organisations, memberships, sessions, invitations; lucia and argon2id stay inside. */
import type { Deps } from '#app/core/deps.ts';
import type { Module } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Role } from '#db/schema/identity.ts';
import { forgetExpired } from './forget-expired.server.ts';
import { identityEffects } from './identity-effects.server.ts';
import { accountLetters } from './letters.ts';

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    link_expired: true;
    sign_in_refused: true;
    last_owner: true;
    already_member: true;
  }
}

declare module '#app/core/mail.server.ts' {
  interface MailFacts {
    /** Without a name: whoever signs up with somebody else's address must not write to them through us. */
    verify_email: { link: string; hours: number };
    address_in_use: { name: string; link: string; resetLink: string };
    reset_password: { name: string; link: string; minutes: number };
    password_changed: { name: string; link: string; at: number };
    /** A browser that was not known has signed in; `browser` and `system` are empty when it does not say, `network` is `203.0.113.*`. */
    new_device: { name: string; browser: string; system: string; network: string; at: number; link: string; resetLink: string };
    /** `on`: set up, else removed. */
    second_factor: { name: string; on: boolean; at: number; link: string };
    /** One of several ways; `suspected`: its counter went back, it opens nothing any more. */
    passkey_changed: { name: string; passkey: string; change: 'added' | 'removed' | 'suspected'; at: number; link: string };
    /** An operator removed it, or (`asked`) has asked another operator to. */
    second_factor_taken: { name: string; asked: boolean; at: number; link: string };
    /** An operator has ended every session. */
    sessions_ended: { name: string; at: number; link: string };
    invitation: { inviter: string; organisationZh: string; organisationEn: string; role: Role; link: string; days: number };
  }
}

/** What identity tells the composition. */
export const identity = {
  letters: accountLetters,
  problems: {
    sign_in_refused: [400, m.identity_refused_title, m.identity_refused_text, m.identity_refused_next],
    link_expired: [410, m.http_link_expired_title, m.http_link_expired_text, m.http_link_expired_next],
    last_owner: [409, m.http_last_owner_title, m.http_last_owner_text, m.http_last_owner_next],
    already_member: [409, m.http_already_member_title, m.http_already_member_text, m.http_already_member_next],
  },
  effects: identityEffects,
  tidy: forgetExpired,
} as const satisfies Module<Deps>;
