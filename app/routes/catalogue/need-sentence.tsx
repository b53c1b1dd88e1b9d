import { Form } from '@remix-run/react';
import { Fragment, type ReactNode } from 'react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { MEASURING_FAMILIES, type NeedField, type NeedText } from '#app/modules/catalogue/need-fields.ts';
import { Drawn } from '#app/ui/page.tsx';

export type NeedTrouble = { field: NeedField; text: string; fix?: { to: string; text: string } };

export type NeedSentenceProps = {
  text: NeedText;
  troubles?: NeedTrouble[];
  /** Known instruments, in the page's language: options, drawn before. */
  items: string;
  cities: { key: string; name: string }[];
  today: string;
  /** Filters that the next search keeps. */
  kept?: [string, string][];
  children?: ReactNode;
};

const FAMILY: Record<(typeof MEASURING_FAMILIES)[number], () => string> = {
  calibration: m.catalogue_need_family_calibration,
  verification: m.catalogue_need_family_verification,
  testing: m.catalogue_need_family_testing,
  shared_equipment: m.catalogue_need_family_shared_equipment,
  rd_support: m.catalogue_need_family_rd_support,
};

/** Common units to choose from; any other may be typed. */
const UNITS = 'mm µm m ° °C MPa kPa Pa kg g mg N kN N·m V mV A mA Ω kΩ W Hz kHz MHz GHz dB dBm m³/h L/min s r/min %RH mg/L % ppm'.split(
  ' ',
);

const label: Record<NeedField, () => string> = {
  family: m.catalogue_hole_family,
  item: m.catalogue_hole_item,
  n: m.catalogue_hole_n,
  min: m.catalogue_hole_min,
  max: m.catalogue_hole_max,
  unit: m.catalogue_hole_unit,
  by: m.catalogue_hole_by,
  limit: m.catalogue_hole_limit,
  lunit: m.catalogue_hole_lunit,
  k: m.catalogue_hole_k,
  ratio: m.catalogue_hole_ratio,
  accuracy: m.catalogue_hole_accuracy,
  pmin: m.catalogue_hole_pmin,
  pmax: m.catalogue_hole_pmax,
  punit: m.catalogue_hole_punit,
  place: m.catalogue_hole_place,
  from: m.catalogue_hole_from,
};

/** What is asked, for a line above the results: a phone shows them first and the sentence on request. */
export function needInShort({ family, item, min, max, unit, by, limit, lunit, accuracy }: NeedText): string {
  const kind = MEASURING_FAMILIES.find((one) => one === family);
  const range = [...new Set([min, max].filter(Boolean))].join('–');
  const bound = limit && `${by === 'mpe' ? 'MPE ±' : 'U ≤ '}${limit} ${lunit}`;
  return [kind ? FAMILY[kind]() : '', item, range && `${range} ${unit}`, bound, accuracy].filter(Boolean).join(' · ');
}

/** A sentence of the messages whose holes are filled with controls: each language keeps its own word order. */
function filled(sentence: (holes: never) => string, names: string[], holes: Record<string, ReactNode>): ReactNode[] {
  const text = sentence(Object.fromEntries(names.map((name) => [name, `\u0001${name}\u0001`])) as never);
  return text.split('\u0001').map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a sentence never change places
    <Fragment key={i}>{i % 2 === 1 ? holes[part] : part.trim() && <span>{part.trim()}</span>}</Fragment>
  ));
}

/** The need as a sentence with holes: a plain form, whose answer has an address. */
export function NeedSentence({ text, troubles = [], items, cities, today, kept = [], children }: NeedSentenceProps) {
  const wrong = new Set(troubles.map(({ field }) => field));
  const hole = (...fields: NeedField[]) => `hole${fields.some((field) => wrong.has(field)) ? ' bad' : ''}`;
  const control = (field: NeedField) => ({
    name: field,
    defaultValue: text[field],
    'aria-label': label[field](),
    ...(wrong.has(field) ? { 'aria-invalid': true as const, 'aria-describedby': `need-${field}` } : {}),
  });
  const number = (field: NeedField, placeholder: string = m.catalogue_need_value_placeholder()) => (
    <input {...control(field)} inputMode="decimal" autoComplete="off" size={4} maxLength={24} placeholder={placeholder} />
  );
  const unit = (field: NeedField) => (
    <input
      {...control(field)}
      className="unit"
      list="need-units"
      autoComplete="off"
      spellCheck={false}
      size={4}
      maxLength={40}
      placeholder={m.catalogue_need_unit_placeholder()}
    />
  );
  const span = (min: NeedField, max: NeedField, inUnit: NeedField) => (
    <>
      <span className={hole(min)}>{number(min)}</span>
      <span aria-hidden="true">–</span>
      <span className={hole(max, inUnit)}>
        {number(max)}
        {unit(inUnit)}
      </span>
    </>
  );
  const holes = {
    family: (
      <span className={hole('family')}>
        <select {...control('family')}>
          {MEASURING_FAMILIES.map((family) => (
            <option key={family} value={family}>
              {FAMILY[family]()}
            </option>
          ))}
          <option value="any">{m.catalogue_need_any_family()}</option>
        </select>
      </span>
    ),
    item: (
      <span className={hole('item')}>
        <input
          {...control('item')}
          className="item"
          list="need-items"
          autoComplete="off"
          size={10}
          maxLength={120}
          placeholder={m.catalogue_need_item_placeholder()}
        />
      </span>
    ),
    n: (
      <span className={hole('n')}>
        <input {...control('n')} inputMode="numeric" autoComplete="off" size={3} maxLength={12} />
      </span>
    ),
    range: span('min', 'max', 'unit'),
    limit: (
      <>
        <span className={hole('by')}>
          <select {...control('by')} className="unit">
            <option value="u">{m.catalogue_need_by_u()}</option>
            <option value="mpe">{m.catalogue_need_by_mpe()}</option>
          </select>
        </span>
        <span className={hole('limit', 'lunit')}>
          {number('limit')}
          {unit('lunit')}
        </span>
      </>
    ),
    ratio: (
      <span className="only-mpe">
        {filled(m.catalogue_need_ratio, ['ratio'], { ratio: <span className={hole('ratio')}>{number('ratio', '3')}</span> })}
      </span>
    ),
    place: (
      <span className={hole('place')}>
        <select {...control('place')}>
          <option value="">{m.catalogue_need_anywhere()}</option>
          {wrong.has('place') && <option value={text.place}>{text.place}</option>}
          {cities.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </span>
    ),
    from: (
      <span className={hole('from')}>
        <input {...control('from')} type="date" min={today} />
      </span>
    ),
  };
  const conditions = text.pmin || text.pmax || text.punit || text.k;
  return (
    <Form
      action={localePath('/match')}
      method="get"
      className="grid gap-4"
      aria-label={m.catalogue_need_label()}
      key={JSON.stringify(text)}
    >
      {kept.map(([name, value]) => (
        <input key={name + value} type="hidden" name={name} value={value} />
      ))}
      <div className="sentence">
        {filled(m.catalogue_need_sentence, ['family', 'item', 'n', 'range', 'limit', 'ratio', 'place', 'from'], holes)}
      </div>
      {text.accuracy && (
        <div className="sentence">
          {filled(m.catalogue_need_accuracy, ['accuracy'], { accuracy: <span className={hole('accuracy')}>{number('accuracy')}</span> })}
        </div>
      )}
      {troubles.length > 0 && <Troubles troubles={troubles} />}
      <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
        <button type="submit" className="btn go">
          {m.catalogue_need_submit()}
        </button>
        {children}
        <details className="condition" open={conditions ? true : undefined}>
          <summary className="inline-flex min-h-11 cursor-pointer items-center text-[.9375rem] text-ink-2 hover:text-ink">
            {m.catalogue_need_more()}
          </summary>
          <div className="sentence pt-1">{filled(m.catalogue_need_parameter, ['range'], { range: span('pmin', 'pmax', 'punit') })}</div>
          <div className="sentence pt-1">
            {filled(m.catalogue_need_coverage, ['k'], {
              k: (
                <span className={hole('k')}>
                  <input {...control('k')} autoComplete="off" size={4} maxLength={24} placeholder="2" />
                </span>
              ),
            })}
          </div>
        </details>
      </div>
      <Drawn as="datalist" id="need-items" markup={[items]} />
      <datalist id="need-units">
        {UNITS.map((symbol) => (
          <option key={symbol} value={symbol} />
        ))}
      </datalist>
    </Form>
  );
}

function Troubles({ troubles }: { troubles: NeedTrouble[] }) {
  return (
    <div role="alert" className="rounded-field border border-seal/40 bg-seal-soft px-4 py-3 text-[.9375rem]">
      <p className="font-semibold text-seal">{m.catalogue_need_problems_title({ count: troubles.length })}</p>
      <ul className="mt-1 grid gap-1">
        {troubles.map(({ field, text, fix }) => (
          <li key={field} id={`need-${field}`}>
            {m.catalogue_trouble({ hole: label[field](), text })}
            {fix && (
              <>
                {' '}
                <a href={localePath(fix.to)} className="link">
                  {fix.text}
                </a>
              </>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
