import * as m from '#app/i18n/paraglide/messages.js';
import { A } from './link.tsx';
import { RangePicture, type RangePictureProps } from './range-picture.tsx';

export type ChipView = { tone: '' | 'ok' | 'info' | 'warn' | 'stated'; text: string };
export type WhyView = { tone: 'ok' | 'miss' | 'note'; text: string; relax?: { to: string; text: string } };
export type OfferView = {
  id: string;
  slug: string;
  name: string;
  specification: string;
  where: string;
  /** What is done, in a sentence; empty where reasons say more. */
  summary: string;
  chips: ChipView[];
  why: WhyView[];
  price: string;
  per: string;
  when: string;
  to: string;
  go: { to: string; text: string; now: boolean };
  picture?: RangePictureProps;
};

export function Chips({ chips }: { chips: ChipView[] }) {
  return (
    <p className="mt-2 flex flex-wrap gap-1.5">
      {chips.map(({ tone, text }) => (
        <span key={text} className={`chip ${tone}`}>
          {text}
        </span>
      ))}
    </p>
  );
}

export function Why({ why }: { why: WhyView[] }) {
  return (
    <ul className="why mt-3">
      {why.map(({ tone, text, relax }) => (
        <li key={text} className={tone}>
          {text}
          {relax && (
            <>
              {' '}
              <A to={relax.to} className="link">
                {relax.text}
              </A>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** One result: what, why it fits, when, how much. */
export function Offer({ offer, picked }: { offer: OfferView; picked: boolean }) {
  return (
    <article className="card offer">
      <div>
        <h3>
          <A to={offer.to}>{offer.name}</A> {offer.specification && <small>{offer.specification}</small>}
        </h3>
        <p className="muted text-[.875rem]">{offer.where}</p>
        <Chips chips={offer.chips} />
        {offer.summary && <p className="muted mt-2.5 line-clamp-2 max-w-[62ch] text-[.9375rem]">{offer.summary}</p>}
        {offer.why.length > 0 && <Why why={offer.why} />}
      </div>
      {offer.picture && <RangePicture {...offer.picture} />}
      <div className="price">
        <div>
          <b>{offer.price}</b> <span className="tiny whitespace-nowrap">{offer.per}</span>
        </div>
        <p className="muted text-[.875rem]">{offer.when}</p>
        <A to={offer.go.to} className={offer.go.now ? 'btn go' : 'btn'} aria-label={`${offer.go.text}: ${offer.name}`}>
          {offer.go.text}
        </A>
        <label className="choice muted text-[.875rem]">
          <input
            type="checkbox"
            name="s"
            value={offer.slug}
            form="compare"
            defaultChecked={picked}
            aria-label={`${m.catalogue_add_compare()}: ${offer.name}`}
          />
          {m.catalogue_add_compare()}
        </label>
      </div>
    </article>
  );
}
