import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import { RangePicture, type RangePictureProps } from '#app/ui/range-picture.tsx';
import type { Why } from './reasons.ts';

export type OfferProps = {
  slug: string;
  to: string;
  name: string;
  specification: string;
  centre: string;
  centreTo: string;
  place: string;
  chips: { tone: '' | 'ok' | 'info' | 'warn' | 'bad'; text: string }[];
  summary?: string;
  why?: Why[];
  picture?: RangePictureProps | undefined;
  price: string;
  priceFor: string;
  earliest: string;
  action: string;
  primary: boolean;
};

export function OfferCard({ offer, picked }: { offer: OfferProps; picked: boolean }) {
  return (
    <li className="card offer">
      <div className="grid content-start gap-2">
        <div>
          <h3>
            <A to={offer.to}>
              {offer.name} <small>{offer.specification}</small>
            </A>
          </h3>
          <p className="muted text-[.9375rem]">
            <a href={localePath(offer.centreTo)} className="hover:underline">
              {offer.centre}
            </a>
            {` · ${offer.place}`}
          </p>
        </div>
        <p className="flex flex-wrap gap-1.5">
          {offer.chips.map(({ tone, text }) => (
            <span key={text} className={`chip ${tone}`}>
              {text}
            </span>
          ))}
        </p>
        {offer.summary && <p className="muted line-clamp-2 text-[.9375rem]">{offer.summary}</p>}
        {offer.why && <WhyList why={offer.why} />}
      </div>
      {offer.picture && <RangePicture {...offer.picture} />}
      <div className="price">
        <p>
          <b>{offer.price}</b> <span className="tiny">{offer.priceFor}</span>
        </p>
        <p className="muted text-[.875rem]">{offer.earliest}</p>
        <A to={offer.to} className={offer.primary ? 'btn go' : 'btn'} aria-label={`${offer.action}: ${offer.name}, ${offer.centre}`}>
          {offer.action}
        </A>
        <label className="choice text-[.9375rem]">
          <input
            type="checkbox"
            name="s"
            value={offer.slug}
            form="compare"
            defaultChecked={picked}
            aria-label={`${m.catalogue_add_compare()}: ${offer.name}, ${offer.centre}`}
          />
          {m.catalogue_add_compare()}
        </label>
      </div>
    </li>
  );
}

export function WhyList({ why }: { why: Why[] }) {
  return (
    <ul className="why">
      {why.map(({ tone, text, relax }) => (
        <li key={text} className={tone}>
          {text}
          {relax && (
            <>
              {' '}
              <a href={localePath(relax.to)} className="link whitespace-nowrap">
                {relax.text}
              </a>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What was ticked, here and on pages before; sends it to the comparison. */
export function CompareBar({ elsewhere, need = [] }: { elsewhere: { slug: string; name: string }[]; need?: [string, string][] }) {
  return (
    <form id="compare" action={localePath('/compare')} method="get" className="card compare-bar" aria-label={m.catalogue_compare_title()}>
      {need.map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <p className="min-w-0 text-[.9375rem]">
        {elsewhere.length > 0 && <span className="block truncate">{elsewhere.map(({ name }) => name).join(' · ')}</span>}
        <span className="tiny">{m.catalogue_compare_hint()}</span>
      </p>
      {elsewhere.map(({ slug }) => (
        <input key={slug} type="hidden" name="s" value={slug} />
      ))}
      <button type="submit" className="btn go small">
        {m.catalogue_compare_go()}
      </button>
    </form>
  );
}
