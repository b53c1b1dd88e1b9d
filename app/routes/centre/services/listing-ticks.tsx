/** Boxes of a listing: of a long list those that say what is looked for. */
import type { ReactNode } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { faultText } from './listing-words.ts';

/** So many are seen at a glance. */
const EASILY_SEEN = 8;

export function Ticks({
  name,
  title,
  hint,
  fault,
  filter = 0,
  children,
}: {
  name: string;
  title: string;
  hint?: string;
  fault?: string;
  /** How many there are to look through. */
  filter?: number;
  children: ReactNode;
}) {
  const described = [fault && `${name}-fault`, hint && `${name}-hint`].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset id={name} className="grid gap-2" aria-describedby={described}>
      <legend className="mb-2 text-[1.125rem] font-semibold">{title}</legend>
      {fault && (
        <p id={`${name}-fault`} className="error-text">
          {faultText(fault)}
        </p>
      )}
      {hint && (
        <p id={`${name}-hint`} className="tiny">
          {hint}
        </p>
      )}
      {filter > EASILY_SEEN && (
        // Nothing without the script that does it (ui/enhance.js).
        <input
          type="search"
          hidden
          data-filters={`${name}-boxes`}
          className="control sm:w-72"
          aria-label={`${m.centre_listing_filter()}: ${title}`}
          placeholder={m.centre_listing_filter()}
        />
      )}
      {/* A scope of hundreds of rows scrolls by itself; with the keyboard too. */}
      <div id={`${name}-boxes`} className="grid max-h-80 gap-x-6 overflow-y-auto sm:grid-cols-2">
        {children}
      </div>
    </fieldset>
  );
}

export const Tick = ({
  name,
  value,
  chosen,
  children,
}: {
  name: string;
  value: string;
  chosen: readonly string[];
  children: ReactNode;
}) => (
  <label className="flex min-h-11 items-center gap-3">
    <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
    <span className="min-w-0">{children}</span>
  </label>
);
