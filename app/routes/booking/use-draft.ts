import { useSubmit } from '@remix-run/react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { type Arrival, type Draft, formOf, readDraft, resumed } from './draft.ts';
import { addressOf, type Typed, typedFromForm } from './typed.ts';

export const BOOKING_FORM = 'booking-form';
const keyOf = (slug: string) => `booking ${slug}`;

/** A tab may keep nothing: then a form is what it was without this. */
function store(slug: string, draft: Draft | null): void {
  try {
    if (draft) sessionStorage.setItem(keyOf(slug), JSON.stringify(draft));
    else sessionStorage.removeItem(keyOf(slug));
  } catch {}
}
function stored(slug: string): Draft | null {
  try {
    return readDraft(sessionStorage.getItem(keyOf(slug)));
  } catch {
    return null;
  }
}

/**
 * Brings back what the tab kept, once, by asking the server for the page of it: what no longer suits is then said as ever.
 * @returns whether the page shows it
 */
export function useResumed(slug: string | undefined, owner: string, typed: Typed, answered: unknown): boolean {
  const submit = useSubmit();
  const [asked, setAsked] = useState(false);
  const begun = useRef(false);
  useEffect(() => {
    const form = document.getElementById(BOOKING_FORM);
    if (begun.current || slug === undefined || !(form instanceof HTMLFormElement)) return;
    begun.current = true;
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const arrival: Arrival = entry?.type ?? 'navigate';
    const before = formOf(typed);
    const now = formOf({ ...typedFromForm(new FormData(form)), offer: typed.offer, week: typed.week, shownPrice: typed.shownPrice });
    const same = (a: FormData, b: FormData) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
    const found = resumed(stored(slug), typed, owner, arrival, new URLSearchParams(location.search));
    // Whoever came anew and typed before this script ran goes on with that.
    if (!found || same(formOf(found), before) || (arrival === 'navigate' && !same(before, now))) return;
    setAsked(true);
    submit(formOf(found), { method: 'post', action: addressOf(found), replace: true, preventScrollReset: true });
  }, [slug, owner, typed, submit]);
  return asked && Boolean(answered);
}

/** Keeps what is in the form, whenever the page may go. */
export function useKept(slug: string, owner: string, form: RefObject<HTMLFormElement>, { submissionKey }: Typed, answered: unknown) {
  const sent = useRef(false);
  const waiting = useRef(false);
  // The way back to a form that was booked from.
  useEffect(() => {
    const kept = stored(slug);
    if (kept?.sent && kept.typed.submissionKey === submissionKey) sent.current = true;
  }, [slug, submissionKey]);
  // The page came back: nothing was booked.
  useEffect(() => {
    if (answered && waiting.current) sent.current = false;
    waiting.current = false;
  }, [answered]);
  useEffect(() => {
    const keep = () => {
      if (form.current) store(slug, { owner, sent: sent.current, typed: typedFromForm(new FormData(form.current)) });
    };
    const hidden = () => document.visibilityState === 'hidden' && keep();
    addEventListener('pagehide', keep);
    document.addEventListener('visibilitychange', hidden);
    return () => {
      removeEventListener('pagehide', keep);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [slug, owner, form]);
  return {
    /** A button was pressed: one that books, of somebody who may, ends the draft unless the page comes back. */
    pressed: (button: HTMLElement | null) => {
      if (owner === '' || !(button instanceof HTMLButtonElement) || button.value !== 'book') return;
      sent.current = true;
      waiting.current = true;
    },
    /** Begins anew. */
    forget: () => {
      sent.current = true;
      store(slug, null);
    },
  };
}
