import * as m from '#app/i18n/paraglide/messages.js';

const WORDS = {
  busy: [m.http_busy_title, m.http_busy_form],
  unwritable: [m.http_unwritable_title, m.http_unwritable_form],
  unsure: [m.http_unsure_title, m.http_unsure_form],
  workers_full: [m.http_workers_full_title, m.http_workers_full_form],
  worker_failed: [m.http_worker_failed_title, m.http_worker_failed_form],
} as const;

/** A database or a worker that did not do it, in words for a form that comes back with what was typed; nothing for other problems. */
export function formTrouble(code: string): { title: string; text: string } | undefined {
  if (!(code in WORDS)) return undefined;
  const [title, text] = WORDS[code as keyof typeof WORDS];
  return { title: title(), text: text() };
}
