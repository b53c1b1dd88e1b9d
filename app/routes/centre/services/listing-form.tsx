import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { ShownFile } from '#app/core/files-of.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { FAMILIES } from '#app/modules/catalogue/facets.ts';
import type { BringFault } from '#app/modules/catalogue/listing/bring-pictures.server.ts';
import { hasField, modesOf, strayFields } from '#app/modules/catalogue/listing/family-fields.ts';
import {
  type ListingFaults,
  type ListingField,
  type ListingTexts,
  OPERATIONS,
  UNITS,
  VAT_PERCENTS,
} from '#app/modules/catalogue/listing/listing-content.ts';
import type { ListingChoices } from '#app/read-models/view-listing.server.ts';
import { deliveryOf } from '#app/routes/catalogue/delivery-words.ts';
import { bookingName, familyName, fieldName, operationName, unitName } from '#app/routes/catalogue/words.ts';
import { Select, Submit, TextArea, TextField } from '#app/ui/form.tsx';
import type { Family } from '#db/schema/centres.ts';
import { Pictures } from './listing-pictures.tsx';
import { Tick, Ticks } from './listing-ticks.tsx';
import { faultText, filesFault, listingLabel, movesName, requirementsName } from './listing-words.ts';

type TextName = Exclude<ListingField, 'deliveryModes' | 'poolIds' | 'scope' | 'pictures'>;

type Props = {
  texts: ListingTexts;
  files: ShownFile[];
  refused: { name: string; fault: BringFault }[];
  faults: ListingFaults;
  choices: ListingChoices;
  /** Rows of instruments the service does not name, to be confirmed. */
  others: { key: string; sentence: string } | null;
  revision: number;
  version: number;
  manager: boolean;
  /** A hidden entry: nothing of it can be put on sale. */
  preparing: boolean;
  /** Whoever may not draft listings sees the form read-only. */
  drafts: boolean;
  children: ReactNode;
};

/** Everything a listing says. `children` stands above the fields: what went wrong. */
export function ListingForm({
  texts,
  files,
  refused,
  faults,
  choices,
  others,
  revision,
  version,
  manager,
  preparing,
  drafts,
  children,
}: Props) {
  const errors = (name: ListingField) => (faults[name] ? { errors: [faultText(faults[name])] } : {});
  const field = (name: TextName) => ({ id: name, name, label: listingLabel(name), defaultValue: texts[name] as string, ...errors(name) });
  const family = texts.family as Family;
  // A field the family has none of is carried along unseen: going back to the other family loses nothing that was typed.
  const of = (name: TextName, shown: ReactNode) =>
    hasField(family, name) ? shown : <input type="hidden" name={name} value={texts[name] as string} />;
  const text = (name: TextName, hint?: string, most = 200) =>
    of(name, <TextField {...field(name)} hint={hint} autoComplete="off" maxLength={most} />);
  const number = (name: TextName, hint?: string) => of(name, <TextField {...field(name)} hint={hint} inputMode="decimal" maxLength={14} />);
  const area = (name: TextName, hint?: string) => of(name, <TextArea {...field(name)} hint={hint} rows={3} maxLength={1500} />);
  const stray = strayFields(texts);
  const select = (name: TextName, options: readonly string[], nameOf: (option: never) => string, hint?: string) =>
    of(
      name,
      <Select {...field(name)} {...(name === 'family' ? { 'data-asks': 'family-show', hint: m.centre_listing_family_change() } : { hint })}>
        {options.map((option) => (
          <option key={option} value={option}>
            {nameOf(option as never)}
          </option>
        ))}
      </Select>,
    );
  return (
    <Form method="post" encType="multipart/form-data" className="card pad grid gap-6" data-look="preview">
      {!drafts && <p className="muted">{m.centre_drafters_only()}</p>}
      <p className="text-ink-2">{m.centre_listing_lead()}</p>
      {children}
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="version" value={version} />
      {stray.length > 0 && (
        <p className="text-warn">{m.centre_listing_stray({ fields: stray.map(listingLabel).join(m.centre_list_comma()) })}</p>
      )}
      {/* Who drafts no listings looks at this one. */}
      <fieldset disabled={!drafts} className="contents">
        <Section title={m.centre_listing_section_what()}>
          <div className="grid content-start gap-2">
            {select('family', FAMILIES, familyName)}
            {drafts && (
              <Submit id="family-show" name="intent" value="look" className="btn small justify-self-start">
                {m.centre_listing_family_show()}
              </Submit>
            )}
          </div>
          {select('field', FIELDS, fieldName)}
          {text('nameZh')}
          {text('nameEn')}
          {area('summaryZh')}
          {area('summaryEn')}
          {text('instrumentZh')}
          {text('instrumentEn')}
          {area('requirementsZh', m.centre_listing_requirements_hint({ title: requirementsName(family) }))}
          {area('requirementsEn')}
          {text('specification')}
          {select('operation', OPERATIONS, operationName)}
          {area('scorecard', m.centre_listing_scorecard_hint())}
        </Section>
        <Ticks name="deliveryModes" title={m.centre_listing_delivery_modes()} fault={faults.deliveryModes}>
          {modesOf(family).map((mode) => (
            <Tick key={mode} name="deliveryModes" value={mode} chosen={texts.deliveryModes}>
              {deliveryOf(family, mode)}
            </Tick>
          ))}
        </Ticks>
        <Section title={m.centre_listing_section_price()} columns={3}>
          {select('unit', UNITS, unitName)}
          {number('unitNet')}
          {text('volumeTiers', m.centre_listing_tiers_hint())}
          {text('rangePrices', m.centre_listing_ranges_hint(), 600)}
          {number('perPointNet', m.centre_listing_per_point_hint())}
          {number('includedPoints')}
          {number('setupNet')}
          {number('travelNet')}
          {text('travelZones', m.centre_listing_zones_hint(), 1500)}
          {number('courierNet')}
          {number('expedite', m.centre_listing_expedite_hint())}
          {number('member', m.centre_listing_discount_hint())}
          {number('park', m.centre_listing_discount_hint())}
          {select('vat', VAT_PERCENTS, String, m.centre_listing_vat_hint())}
        </Section>
        <Section title={m.centre_listing_section_time()} columns={3}>
          {select('booking', ['instant', 'approve'], bookingName)}
          {number('answerHours', m.centre_listing_answer_hours_hint())}
          {number('maxQuantity')}
          {number('setupMinutes')}
          {number('minutesPerItem')}
          {number('bufferMinutes', m.centre_listing_buffer_hint())}
          {number('turnaroundDays')}
          {number('leadDays')}
          {number('horizonDays')}
        </Section>
        <Ticks
          name="poolIds"
          filter={choices.pools.length}
          title={m.centre_listing_section_pools()}
          hint={m.centre_listing_pools_hint()}
          fault={faults.poolIds}
        >
          {choices.pools.length === 0 && <p className="muted">{m.centre_listing_pools_none()}</p>}
          {choices.pools.map((pool) => (
            <Tick key={pool.id} name="poolIds" value={pool.id} chosen={texts.poolIds}>
              {pick(pool.nameZh, pool.nameEn)}
            </Tick>
          ))}
        </Ticks>
        {hasField(family, 'scope') ? (
          <Ticks
            name="scope"
            filter={choices.scope.length}
            title={m.centre_listing_section_scope()}
            hint={m.centre_listing_scope_hint()}
            fault={faults.scope}
          >
            {choices.scope.length === 0 && <p className="muted">{m.centre_listing_scope_none()}</p>}
            {choices.scope.map((group) => (
              <Tick key={group.key} name="scope" value={group.key} chosen={texts.scope}>
                {pick(group.instrumentZh, group.instrumentEn)} <span className="tiny">{group.method}</span>{' '}
                <span className="tiny">{m.centre_listing_scope_rows({ count: group.rows })}</span>
              </Tick>
            ))}
          </Ticks>
        ) : (
          texts.scope.map((key) => <input key={key} type="hidden" name="scope" value={key} />)
        )}
        {others && (
          <label className="flex items-start gap-3 rounded-field border border-line bg-warn-soft px-4 py-3">
            <input type="checkbox" name="confirmed" value={others.key} defaultChecked={texts.confirmed === others.key} className="mt-1" />
            <span className="min-w-0">
              {others.sentence} <b>{m.centre_listing_others_confirm()}</b>
            </span>
          </label>
        )}
        <Pictures
          files={files}
          drafts={drafts}
          faults={[...filesFault(refused), ...(faults.pictures ? [faultText(faults.pictures)] : [])]}
        />
        <Section title={m.centre_listing_section_terms()}>
          {number('fullHours')}
          {number('late')}
          {select('moves', ['tell', 'ask'], movesName)}
        </Section>
      </fieldset>
      <div className="flex flex-wrap gap-3 border-t border-line pt-4">
        {manager && !preparing && (
          <Submit name="intent" value="publish" busy={m.centre_listing_busy()}>
            {m.centre_listing_publish()}
          </Submit>
        )}
        {drafts && (
          <Submit name="intent" value="save" className={manager && preparing ? 'btn go' : 'btn'} busy={m.centre_listing_busy()}>
            {m.centre_listing_save()}
          </Submit>
        )}
        {drafts && !manager && (
          <Submit name="intent" value="review" className="btn go" busy={m.centre_listing_busy()}>
            {m.centre_listing_review()}
          </Submit>
        )}
        {drafts && (
          <Submit name="intent" value="look" className="btn">
            {m.centre_listing_look()}
          </Submit>
        )}
      </div>
    </Form>
  );
}

const Section = ({ title, columns = 2, children }: { title: string; columns?: 2 | 3; children: ReactNode }) => (
  <fieldset className="grid gap-3">
    <legend className="mb-3 text-[1.125rem] font-semibold">{title}</legend>
    <div className={`grid grid-cols-1 gap-4 sm:grid-cols-2 ${columns === 3 ? 'lg:grid-cols-3' : ''}`}>{children}</div>
  </fieldset>
);
