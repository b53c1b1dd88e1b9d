/** What was typed into a booking form and not sent yet, kept in the tab: a reload, a way back and a sign-in find it again. */
import { EMPTY_ROW, isBlank, type Typed } from './typed.ts';

/** `owner`: the organisation it was typed for, empty for a visitor. `sent`: the button that books was pressed. */
export type Draft = { owner: string; sent: boolean; typed: Typed };
/** How the page was come to: `PerformanceNavigationTiming.type`. */
export type Arrival = 'navigate' | 'reload' | 'back_forward' | 'prerender';

const FIELDS: Record<keyof Typed, string> = {
  quantity: 'string',
  startAt: 'object number',
  deliveryMode: 'string',
  points: 'string',
  range: 'string',
  zone: 'string',
  expedited: 'boolean',
  rows: 'object',
  recipient: 'string',
  phone: 'string',
  line: 'string',
  notes: 'string',
  purchaseOrder: 'string',
  mandatoryUse: 'boolean',
  trainedUser: 'boolean',
  week: 'string undefined',
  submissionKey: 'string',
  shownPrice: 'string',
  offer: 'string',
  waitBefore: 'string',
};

/** What the tab kept, where it is what this release keeps. */
export function readDraft(text: string | null): Draft | null {
  try {
    const { owner, sent, typed } = JSON.parse(text ?? '') as Draft;
    const fits = Object.entries(FIELDS).every(([name, types]) => types.split(' ').includes(typeof typed[name as keyof Typed]));
    const rows =
      fits && typed.rows.every((row) => Object.keys(EMPTY_ROW).every((name) => typeof row[name as keyof typeof row] === 'string'));
    return rows && typeof owner === 'string' ? { owner, sent: sent === true, typed } : null;
  } catch {
    return null;
  }
}

/** What an address says by these names was asked for just now. */
const NAMED: Partial<Record<keyof Typed, string>> = {
  quantity: 'quantity',
  startAt: 'start',
  deliveryMode: 'delivery',
  points: 'points',
  range: 'range',
  zone: 'zone',
  expedited: 'expedite',
  week: 'week',
  offer: 'offer',
};

/**
 * The form as it stood, or null to leave it as the page made it. A reload and a way back find all of it, the key too: what was booked from
 * it is found again, and not booked twice. Whoever comes anew gets what no address says, under a new key; what is booked already is gone.
 */
export function resumed(draft: Draft | null, fresh: Typed, owner: string, arrival: Arrival, params: URLSearchParams): Typed | null {
  if (!draft || (draft.owner !== '' && draft.owner !== owner)) return null;
  const { typed, sent } = draft;
  const rows = typed.rows.length > 0 ? typed.rows : fresh.rows;
  if (arrival === 'reload' || arrival === 'back_forward') return { ...typed, rows, shownPrice: fresh.shownPrice, offer: fresh.offer };
  if (sent || params.has('again') || params.has('offer') || !isTyped(typed)) return null;
  const asked = Object.entries(NAMED).flatMap(([field, name]) => (params.has(name) ? [[field, fresh[field as keyof Typed]]] : []));
  const { submissionKey, shownPrice, offer } = fresh;
  return { ...typed, rows, ...Object.fromEntries(asked), submissionKey, shownPrice, offer };
}

/** Something that takes work to type again. */
const isTyped = ({ rows, recipient, phone, line, notes, purchaseOrder }: Typed): boolean =>
  [recipient, phone, line, notes, purchaseOrder].some((text) => text.trim() !== '') ||
  rows.length > 1 ||
  rows.some((row) => !isBlank({ ...row, name: '' }));

/** The form's fields as the browser would send them. */
export function formOf(typed: Typed): FormData {
  const form = new FormData();
  const { rows, startAt, week, expedited, mandatoryUse, trainedUser, ...texts } = typed;
  for (const [name, text] of Object.entries(texts)) form.set(name, text);
  for (const [name, ticked] of Object.entries({ expedited, mandatoryUse, trainedUser })) if (ticked) form.set(name, 'on');
  if (startAt !== null) form.set('startAt', String(startAt));
  if (week) form.set('week', week);
  for (const [i, row] of rows.entries()) for (const [name, text] of Object.entries(row)) form.set(`rows.${i}.${name}`, text);
  return form;
}
