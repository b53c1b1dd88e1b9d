import * as m from '#app/i18n/paraglide/messages.js';

const WORDS = {
  busy: [m.http_busy_title, m.http_busy_form],
  unwritable: [m.http_unwritable_title, m.http_unwritable_form],
  unsure: [m.http_unsure_title, m.http_unsure_form],
} as const;

/** A database that did not do it, in words for a form that comes back with what was typed; nothing for other problems. */
export function formTrouble(code: string): { title: string; text: string } | undefined {
  if (!(code in WORDS)) return undefined;
  const [title, text] = WORDS[code as keyof typeof WORDS];
  return { title: title(), text: text() };
}
