import * as m from '#app/i18n/paraglide/messages.js';
import type { Role } from '#db/schema/identity.ts';

/** What each role is called. */
export const ROLE_NAMES: Record<Role, typeof m.identity_role_owner> = {
  owner: m.identity_role_owner,
  member: m.identity_role_member,
  manager: m.identity_role_manager,
  scheduler: m.identity_role_scheduler,
  technician: m.identity_role_technician,
  signatory: m.identity_role_signatory,
  finance: m.identity_role_finance,
  administrator: m.identity_role_administrator,
};
