import type { ReactNode } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';

export type UnderstoodView = {
  title: string;
  chips: { label: string; text: string }[];
  /** Words that were not used, as they were typed. */
  unused: string[];
  /** What can be done about it, as links. */
  ways?: { to: string; text: string }[];
};

/** What was made of the words typed into one box, and what was not used. */
export function Understood({ view: { title, chips, unused, ways = [] }, children }: { view: UnderstoodView; children?: ReactNode }) {
  return (
    <section className="card grid gap-2 px-5 py-4 text-[.9375rem]" aria-label={title}>
      {chips.length > 0 && (
        <>
          <p className="tiny">{title}</p>
          <dl className="flex flex-wrap gap-x-5 gap-y-1.5">
            {chips.map(({ label, text }) => (
              <div key={label + text} className="flex flex-wrap items-baseline gap-x-2">
                <dt className="tiny">{label}</dt>
                <dd className="font-medium">{text}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {unused.length > 0 && <p className="text-ink-2">{m.catalogue_understood_unused({ words: unused.join(m.catalogue_list_comma()) })}</p>}
      {children}
      {ways.length > 0 && (
        <p className="flex flex-wrap gap-x-4 gap-y-1">
          {ways.map(({ to, text }) => (
            <A key={to} to={to} className="link">
              {text}
            </A>
          ))}
        </p>
      )}
    </section>
  );
}

export type Note = { text: string; way?: { to: string; text: string } };

/** What was assumed or left out, said where it decides the results. */
export function Notes({ notes }: { notes: Note[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className="card grid gap-2 px-5 py-4 text-[.9375rem]">
      {notes.map(({ text, way }) => (
        <li key={text} className="flex flex-wrap gap-x-4 gap-y-1">
          {text}
          {way && (
            <A to={way.to} className="link">
              {way.text}
            </A>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What can be done where nothing was found: other spellings, the search by need with the same words, asking centres, and to be told. */
export function Otherwise({
  meant,
  need,
  ask,
  wanted,
}: {
  meant: { to: string; text: string }[];
  need: string | null;
  ask: string;
  wanted: string;
}) {
  return (
    <>
      {meant.length > 0 && (
        <p className="flex flex-wrap gap-x-3">
          {m.catalogue_meant()}
          {meant.map(({ to, text }) => (
            <A key={to} to={to} className="link">
              {text}
            </A>
          ))}
        </p>
      )}
      <p className="flex flex-wrap gap-2">
        {need && (
          <A to={need} className="btn">
            {m.catalogue_words_need()}
          </A>
        )}
        <A to={ask} className="btn">
          {m.enquiries_button()}
        </A>
        <A to={wanted} className="btn">
          {m.catalogue_tell_me()}
        </A>
      </p>
    </>
  );
}
