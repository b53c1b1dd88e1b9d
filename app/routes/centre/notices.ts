/** What an action did, carried in the address of the page it leads back to: works without script, and a reload says it once more at most. */
import * as m from '#app/i18n/paraglide/messages.js';
import { DELIVERY_MODES } from '#app/modules/catalogue/facets.ts';
import type { Work } from '#app/modules/catalogue/handover.ts';
import { isProgress, progressName } from './words.ts';
import type { Notice } from './workspace.tsx';

const WORDS: Record<string, [Notice['tone'], (facts: { what: string; state: string }) => string]> = {
  received: ['ok', m.centre_done_step],
  in_service: ['ok', m.centre_done_in_service],
  reported: ['ok', m.centre_done_step],
  report_added: ['ok', m.centre_done_report_added],
  closed: ['ok', m.centre_done_closed],
  accepted: ['ok', m.centre_done_accepted],
  declined: ['ok', m.centre_done_declined],
  cancelled: ['ok', m.centre_done_cancelled],
  service_copied: ['ok', m.centre_done_service_copied],
  services_drafted: ['ok', m.centre_done_services_drafted],
  services_published: ['ok', m.centre_done_services_published],
  services_paused: ['ok', m.centre_done_services_paused],
  services_resumed: ['ok', m.centre_done_services_resumed],
  none_to_publish: ['bad', m.centre_failed_none_to_publish],
  paused: ['ok', m.centre_done_paused],
  stock_set: ['ok', m.centre_done_stock_set],
  published: ['ok', m.centre_done_published],
  closure_added: ['ok', m.centre_done_closure_added],
  closure_removed: ['ok', m.centre_done_closure_removed],
  listing_saved: ['ok', m.centre_done_listing_saved],
  listing_review: ['ok', m.centre_done_listing_review],
  listing_published: ['ok', m.centre_done_listing_published],
  listing_discarded: ['ok', m.centre_done_listing_discarded],
  firm_added: ['ok', m.centre_done_firm_added],
  firm_removed: ['ok', m.centre_done_firm_removed],
  accreditation_saved: ['ok', m.centre_done_accreditation_saved],
  accreditation_removed: ['ok', m.centre_done_accreditation_removed],
  pool_saved: ['ok', m.centre_done_pool_saved],
  date_added: ['ok', m.centre_done_date_added],
  date_beside: ['ok', m.centre_done_date_beside],
  date_removed: ['ok', m.centre_done_date_removed],
  dates_ended: ['ok', m.centre_done_dates_ended],
  moved: ['ok', m.centre_done_moved],
  move_asked: ['ok', m.centre_done_move_asked],
  move_withdrawn: ['ok', m.centre_done_move_withdrawn],
  feed_closed: ['ok', m.centre_done_feed_closed],
  calendar_added: ['ok', m.centre_done_calendar_added],
  calendar_read: ['ok', m.centre_done_calendar_read],
  calendar_removed: ['ok', m.centre_done_calendar_removed],
  profile_saved: ['ok', m.centre_done_profile_saved],
  profile_prepared: ['ok', m.centre_done_profile_prepared],
  stale: ['bad', m.centre_failed_stale],
  too_late: ['bad', m.centre_failed_too_late],
  forbidden: ['bad', m.centre_failed_forbidden],
  unverified: ['bad', m.centre_notice_unverified],
};

export function noticeOf(params: URLSearchParams): Notice | null {
  const found = Object.hasOwn(WORDS, params.get('said') ?? '') ? WORDS[params.get('said') as string] : undefined;
  const what = (params.get('what') ?? '').replace(/[^\w-]/g, '').slice(0, 24);
  const now = params.get('now') ?? '';
  const deliveryMode = DELIVERY_MODES.find((mode) => mode === params.get('way')) ?? 'at_centre';
  const state = isProgress(now) ? progressName(now, { family: params.get('family') ?? '', deliveryMode }) : '';
  return found ? { tone: found[0], text: found[1]({ what, state }) } : null;
}

const SITE = 'http://site.invalid';

/** A path of the site with the notice added; a path that leads elsewhere becomes the inbox. */
export function saying(path: string, said: string, what: string, now?: Work & { progress: string }): string {
  // Judged as browsers read it: `/centre/..//host` is another host's address.
  const asked = path.startsWith('/') && URL.canParse(path, SITE) ? new URL(path, SITE) : undefined;
  const ours = asked?.origin === SITE && /^\/centre(\/|$)/.test(asked.pathname);
  const url = ours ? asked : new URL('/centre', SITE);
  url.searchParams.set('said', said);
  url.searchParams.set('what', what);
  if (now) {
    url.searchParams.set('now', now.progress);
    url.searchParams.set('family', now.family);
    url.searchParams.set('way', now.deliveryMode);
  }
  return url.pathname + url.search;
}
