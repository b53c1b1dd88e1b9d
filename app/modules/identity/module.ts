import type { Deps } from '#app/core/deps.ts';
import type { Module } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { forgetExpired } from './forget-expired.server.ts';

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    link_expired: true;
    last_owner: true;
    already_member: true;
  }
}

/** What identity tells the composition. */
export const identity = {
  problems: {
    link_expired: [410, m.http_link_expired_title, m.http_link_expired_text, m.http_link_expired_next],
    last_owner: [409, m.http_last_owner_title, m.http_last_owner_text, m.http_last_owner_next],
    already_member: [409, m.http_already_member_title, m.http_already_member_text, m.http_already_member_next],
  },
  tidy: forgetExpired,
} as const satisfies Module<Deps>;
