import { Form } from '@remix-run/react';
import type { ReactNode } from 'react';
import type { ShownFile } from '#app/core/files-of.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { DELIVERY_MODES, FAMILIES } from '#app/modules/catalogue/facets.ts';
import type { BringFault } from '#app/modules/catalogue/listing/bring-pictures.server.ts';
import {
  type ListingFaults,
  type ListingField,
  type ListingTexts,
  OPERATIONS,
  UNITS,
  VAT_PERCENTS,
} from '#app/modules/catalogue/listing/listing-content.ts';
import type { ListingChoices } from '#app/read-models/view-listing.server.ts';
import { bookingName, deliveryName, familyName, fieldName, operationName, unitName } from '#app/routes/catalogue/words.ts';
import { Select, Submit, TextArea, TextField } from '#app/ui/form.tsx';
import { Pictures } from './listing-pictures.tsx';
import { faultText, filesFault, listingLabel, movesName } from './listing-words.ts';

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
  /** Whoever may not draft listings sees the form read-only. */
  drafts: boolean;
  children: ReactNode;
};

/** Everything a listing says. `children` stands above the fields: what went wrong. */
export function ListingForm({ texts, files, refused, faults, choices, others, revision, version, manager, drafts, children }: Props) {
  const errors = (name: ListingField) => (faults[name] ? { errors: [faultText(faults[name])] } : {});
  const field = (name: TextName) => ({ id: name, name, label: listingLabel(name), defaultValue: texts[name] as string, ...errors(name) });
  const text = (name: TextName, hint?: string, most = 200) => (
    <TextField {...field(name)} hint={hint} autoComplete="off" maxLength={most} />
  );
  const number = (name: TextName, hint?: string) => <TextField {...field(name)} hint={hint} inputMode="decimal" maxLength={14} />;
  const area = (name: TextName, hint?: string) => <TextArea {...field(name)} hint={hint} rows={3} maxLength={1500} />;
  const select = (name: TextName, options: readonly string[], nameOf: (option: never) => string) => (
    <Select {...field(name)}>
      {options.map((option) => (
        <option key={option} value={option}>
          {nameOf(option as never)}
        </option>
      ))}
    </Select>
  );
  return (
    <Form method="post" encType="multipart/form-data" className="card pad grid gap-6" data-look="preview">
      <p className="text-ink-2">{m.centre_listing_lead()}</p>
      {children}
      <input type="hidden" name="revision" value={revision} />
      <input type="hidden" name="version" value={version} />
      <Section title={m.centre_listing_section_what()}>
        {select('family', FAMILIES, familyName)}
        {select('field', FIELDS, fieldName)}
        {text('nameZh')}
        {text('nameEn')}
        {area('summaryZh')}
        {area('summaryEn')}
        {text('instrumentZh')}
        {text('instrumentEn')}
        {area('requirementsZh', m.centre_listing_requirements_hint())}
        {area('requirementsEn')}
        {text('specification')}
        {select('operation', OPERATIONS, operationName)}
        {area('scorecard', m.centre_listing_scorecard_hint())}
      </Section>
      <Ticks name="deliveryModes" title={m.centre_listing_delivery_modes()} fault={faults.deliveryModes}>
        {DELIVERY_MODES.map((mode) => (
          <Tick key={mode} name="deliveryModes" value={mode} chosen={texts.deliveryModes}>
            {deliveryName(mode)}
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
        {select('vat', VAT_PERCENTS, String)}
      </Section>
      <Section title={m.centre_listing_section_time()} columns={3}>
        {select('booking', ['instant', 'approve'], bookingName)}
        {number('decisionHours', m.centre_listing_decision_hours_hint())}
        {number('maxQuantity')}
        {number('setupMinutes')}
        {number('minutesPerItem')}
        {number('bufferMinutes', m.centre_listing_buffer_hint())}
        {number('turnaroundDays')}
        {number('leadDays')}
        {number('horizonDays')}
      </Section>
      <Ticks name="poolIds" title={m.centre_listing_section_pools()} hint={m.centre_listing_pools_hint()} fault={faults.poolIds}>
        {choices.pools.length === 0 && <p className="muted">{m.centre_listing_pools_none()}</p>}
        {choices.pools.map((pool) => (
          <Tick key={pool.id} name="poolIds" value={pool.id} chosen={texts.poolIds}>
            {pick(pool.nameZh, pool.nameEn)}
          </Tick>
        ))}
      </Ticks>
      <Ticks name="scope" title={m.centre_listing_section_scope()} hint={m.centre_listing_scope_hint()} fault={faults.scope}>
        {choices.scope.length === 0 && <p className="muted">{m.centre_listing_scope_none()}</p>}
        {choices.scope.map((group) => (
          <Tick key={group.key} name="scope" value={group.key} chosen={texts.scope}>
            {pick(group.instrumentZh, group.instrumentEn)} <span className="tiny">{group.method}</span>{' '}
            <span className="tiny">{m.centre_listing_scope_rows({ count: group.rows })}</span>
          </Tick>
        ))}
      </Ticks>
      {others && (
        <label className="flex items-start gap-3 rounded-field border border-line bg-warn-soft px-4 py-3">
          <input type="checkbox" name="confirmed" value={others.key} defaultChecked={texts.confirmed === others.key} className="mt-1" />
          <span className="min-w-0">
            {others.sentence} <b>{m.centre_listing_others_confirm()}</b>
          </span>
        </label>
      )}
      <Pictures files={files} drafts={drafts} faults={[...filesFault(refused), ...(faults.pictures ? [faultText(faults.pictures)] : [])]} />
      <Section title={m.centre_listing_section_terms()}>
        {number('fullHours')}
        {number('late')}
        {select('moves', ['tell', 'ask'], movesName)}
      </Section>
      <div className="flex flex-wrap gap-3 border-t border-line pt-4">
        {manager && (
          <Submit name="intent" value="publish" busy={m.centre_listing_busy()}>
            {m.centre_listing_publish()}
          </Submit>
        )}
        {drafts ? (
          <Submit name="intent" value="save" className="btn" busy={m.centre_listing_busy()}>
            {m.centre_listing_save()}
          </Submit>
        ) : (
          <p className="muted self-center">{m.centre_drafters_only()}</p>
        )}
        {drafts && !manager && (
          <Submit name="intent" value="review" className="btn go" busy={m.centre_listing_busy()}>
            {m.centre_listing_review()}
          </Submit>
        )}
        <Submit name="intent" value="look" className="btn">
          {m.centre_listing_look()}
        </Submit>
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

function Ticks({
  name,
  title,
  hint,
  fault,
  children,
}: {
  name: string;
  title: string;
  hint?: string;
  fault?: string;
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
      {/* A scope of hundreds of rows scrolls by itself; with the keyboard too. */}
      <div className="grid max-h-80 gap-x-6 overflow-y-auto sm:grid-cols-2">{children}</div>
    </fieldset>
  );
}

const Tick = ({ name, value, chosen, children }: { name: string; value: string; chosen: readonly string[]; children: ReactNode }) => (
  <label className="flex min-h-11 items-center gap-3">
    <input type="checkbox" name={name} value={value} defaultChecked={chosen.includes(value)} />
    <span className="min-w-0">{children}</span>
  </label>
);
