import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';

type Named = { slug: string; name: string };

interface FindProps {
  words: string;
  found: (Named & { city: string })[];
  waiting: Named | null;
  /** Something was prepared for an entry that was asked for. */
  kept: boolean;
}

/** For a newcomer: its entry may be in the directory already, or its verification request may be on the way. */
export function FindEntry({ words, found, waiting, kept }: FindProps) {
  if (waiting)
    return (
      <section className="card pad grid max-w-3xl justify-items-start gap-3">
        <p>{m.centre_profile_waiting({ centre: waiting.name })}</p>
        {kept && <p className="text-ink-2">{m.centre_profile_prepare_text()}</p>}
        <A to={`/centre/claim/${waiting.slug}`} className="btn">
          {m.centre_profile_waiting_link()}
        </A>
      </section>
    );
  return (
    <section className="card pad grid max-w-3xl gap-3">
      <h2>{m.centre_profile_find()}</h2>
      {kept && <p>{m.centre_profile_prepare_done()}</p>}
      <p className="text-ink-2">{m.centre_profile_find_text()}</p>
      <Form method="get" action={localePath('/centre/profile')} className="flex flex-wrap gap-2" role="search">
        <input
          className="control min-w-0 flex-1 basis-48"
          type="search"
          name="find"
          defaultValue={words}
          maxLength={80}
          aria-label={m.centre_profile_find_label()}
          placeholder={m.centre_profile_find_label()}
        />
        <button type="submit" className="btn">
          {m.centre_profile_find_action()}
        </button>
      </Form>
      {words && found.length === 0 && <p>{m.centre_profile_find_none({ words })}</p>}
      {found.length > 0 && (
        <ul className="grid">
          {found.map((entry) => (
            <li key={entry.slug} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2">
              <span>
                {entry.name} <span className="tiny whitespace-nowrap">{entry.city}</span>
              </span>
              <A to={`/centre/claim/${entry.slug}`} className="btn small" aria-label={`${m.centre_profile_claim()}: ${entry.name}`}>
                {m.centre_profile_claim()}
              </A>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** Whether somebody has checked that the organisation is this centre, and the way to it. */
interface VerificationProps {
  slug: string;
  verified: boolean;
  /** The name it was verified under, when it has another now. */
  before: string | null;
  waiting: boolean;
}

export function Verification({ slug, verified, before, waiting }: VerificationProps) {
  if (verified) return <p className="chip ok justify-self-start">{m.centre_profile_verified()}</p>;
  return (
    <section className="card pad grid max-w-3xl justify-items-start gap-3">
      {before !== null && <p>{m.centre_profile_renamed({ name: before })}</p>}
      {waiting ? <p>{m.centre_profile_verifying()}</p> : before === null && <p>{m.centre_profile_unverified()}</p>}
      <A to={`/centre/claim/${slug}`} className="btn">
        {waiting ? m.centre_profile_waiting_link() : m.centre_profile_verify()}
      </A>
    </section>
  );
}
