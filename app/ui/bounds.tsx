import * as m from '#app/i18n/paraglide/messages.js';

/** Price and latest start: the filters that are typed. */
export function Bounds({ priceMin, priceMax, before }: { priceMin: string; priceMax: string; before: string }) {
  return (
    <>
      <fieldset>
        <legend>{m.catalogue_facet_price()}</legend>
        <span className="flex items-center gap-2 pt-1">
          <input
            className="control"
            name="price_min"
            inputMode="decimal"
            defaultValue={priceMin}
            placeholder={m.catalogue_price_from()}
            aria-label={m.catalogue_price_from()}
            maxLength={12}
          />
          <span aria-hidden="true">–</span>
          <input
            className="control"
            name="price_max"
            inputMode="decimal"
            defaultValue={priceMax}
            placeholder={m.catalogue_price_to()}
            aria-label={m.catalogue_price_to()}
            maxLength={12}
          />
        </span>
      </fieldset>
      <fieldset>
        <legend>{m.catalogue_facet_before()}</legend>
        <input className="control mt-1" type="date" name="before" defaultValue={before} aria-label={m.catalogue_facet_before()} />
      </fieldset>
    </>
  );
}
