/** What a buyer will see and pay, and what stands in the way of publishing it. */
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { billFor } from '#app/modules/catalogue/bill.ts';
import {
  columnsOf,
  type ListingContent,
  type ListingFaults,
  type ListingField,
  untranslated,
} from '#app/modules/catalogue/listing/listing-content.ts';
import { confirmationOf, otherInstruments } from '#app/modules/catalogue/listing/other-instruments.ts';
import { publishFaults } from '#app/modules/catalogue/listing/required-things.ts';
import type { ListingChoices } from '#app/read-models/view-listing.server.ts';
import { criterionView, familyName, operationName, unitName, unitsName } from '#app/routes/catalogue/words.ts';
import { money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Scorecard } from '#app/ui/scorecard.tsx';
import { faultText, listingLabel } from './listing-words.ts';

/** The bill of one piece, and of as many as an order takes. */
export function previewOf(content: ListingContent, { scope, address }: Pick<ListingChoices, 'scope' | 'address'>) {
  const { nameZh, nameEn, summaryZh, summaryEn, family, unit, maxQuantity, setupMinutes, minutesPerItem } = content;
  const columns = columnsOf(content);
  const deliveryMode = content.deliveryModes[0] ?? 'at_centre';
  const bills = [...new Set([1, maxQuantity])].map((quantity) => ({
    quantity,
    minutes: setupMinutes + minutesPerItem * quantity,
    gross: billFor(columns, { quantity, deliveryMode, expedited: false }).gross,
  }));
  const least = content.rangePrices.length > 0 || content.perPointNet > 0;
  return {
    ...{ nameZh, nameEn, summaryZh, summaryEn, family, unit, bills, least },
    scorecard: content.scorecard ?? [],
    operation: content.operation,
    others: othersOf(content, scope),
    missing: publishFaults(content, address),
    untranslated: untranslated(content),
  };
}

export function Preview({ preview }: { preview: ReturnType<typeof previewOf> }) {
  const { unit, bills, missing, others } = preview;
  const fields = Object.keys(missing) as ListingField[];
  return (
    <section className="card pad grid gap-3" aria-labelledby="preview-title">
      <h2 id="preview-title">{m.centre_listing_preview()}</h2>
      <p className="font-semibold">{pick(preview.nameZh, preview.nameEn) || m.centre_listing_preview_no_name()}</p>
      <span className="chip justify-self-start">{familyName(preview.family)}</span>
      <p className="text-ink-2">{pick(preview.summaryZh, preview.summaryEn)}</p>
      {preview.family === 'shared_equipment' && preview.operation && <p>{operationName(preview.operation)}</p>}
      <Scorecard criteria={preview.scorecard.map(criterionView)} />
      <dl className="grid gap-2">
        {bills.map(({ quantity, gross, minutes }) => (
          <div key={quantity} className="flex justify-between gap-3 border-t border-line pt-2">
            <dt>
              {quantity === 1
                ? m.centre_listing_preview_one({ unit: unitName(unit) })
                : m.centre_listing_preview_most({ count: unitsName(unit, quantity) })}
              <span className="tiny block">{m.centre_listing_preview_time({ minutes })}</span>
            </dt>
            <dd className="font-semibold">{money(gross)}</dd>
          </div>
        ))}
      </dl>
      <p className="tiny">
        {m.centre_listing_preview_gross()}
        {preview.least && m.centre_listing_preview_from()}
      </p>
      {fields.length > 0 && (
        <div className="text-warn">
          <p>{m.centre_listing_preview_missing()}</p>
          <MissingList fields={fields} faults={missing} />
        </div>
      )}
      {others && <p className="text-warn">{others.sentence}</p>}
      {preview.untranslated.length > 0 && (
        <p className="text-warn">
          {m.centre_listing_untranslated()} ({preview.untranslated.map(listingLabel).join(m.centre_list_comma())})
        </p>
      )}
    </section>
  );
}

/** Rows of instruments the service does not name: the sentence that names both, and what confirming it is called. */
function othersOf(content: ListingContent, scope: ListingChoices['scope']) {
  const others = otherInstruments(content, scope);
  if (others.length === 0) return null;
  const instruments = others.map((one) => pick(one.instrumentZh, one.instrumentEn)).join(m.centre_list_comma());
  const name = pick(content.nameZh, content.nameEn) || m.centre_listing_preview_no_name();
  return { key: confirmationOf(content, others), sentence: m.centre_listing_others({ name, instruments }) };
}

/** Each thing that is missing, with why, and the way to where it is set. */
export function MissingList({ fields, faults }: { fields: readonly ListingField[]; faults: ListingFaults }) {
  return (
    <ul className="mt-1 grid list-disc gap-1 pl-5">
      {fields.map((name) => (
        <li key={name}>
          {faults[name] === 'address' ? (
            <A to="/centre/profile#addressZh" className="link">
              {m.centre_listing_missing_address()}
            </A>
          ) : (
            <a href={`#${name}`} className="link">
              {listingLabel(name)}
            </a>
          )}
          {faults[name] !== 'missing' && <span className="block">{faultText(faults[name] ?? '')}</span>}
        </li>
      ))}
    </ul>
  );
}
