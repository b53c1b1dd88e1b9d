import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { NEED_DEFAULTS } from '#app/modules/catalogue/need-fields.ts';
import { day } from '#app/ui/format.ts';
import { JsonLd } from '#app/ui/json-ld.tsx';
import { A } from '#app/ui/link.tsx';
import { NeedSentence } from '../catalogue/need-sentence.tsx';
import { sentenceFrame } from '../catalogue/sentence.server.tsx';
import { fieldName } from '../catalogue/words.ts';

/** The four service families of the guideline (三(四)1), each with the kinds of service that belong to it. */
const ENTRIES = [
  { title: m.catalogue_entry_measure, families: ['calibration', 'verification', 'reference_material'] },
  { title: m.catalogue_entry_test, families: ['testing'] },
  { title: m.catalogue_entry_advise, families: ['consulting', 'evaluation', 'training', 'expert'] },
  { title: m.catalogue_entry_research, families: ['rd_support', 'shared_equipment'] },
];

export const loader = serve(async ({ services }) => {
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  const now = services.clock();
  const facts = catalogue.facts();
  return {
    frame: sentenceFrame(catalogue, scopes, now),
    origin: services.settings.origin,
    simulated: services.settings.demonstration && !services.settings.stripe,
    facts: { centres: facts.centres, rows: scopes.capabilities.size, services: facts.services },
    entries: ENTRIES.map(({ families }) => {
      const { earliest, ...counted } = facts.of(families, now);
      const when = earliest === null ? null : m.catalogue_earliest({ when: day(earliest, { timeZone: 'Asia/Shanghai' }) });
      return { families, services: counted.services, centres: counted.centres, earliest: when };
    }),
    fields: facts.fields.map(([key, count]) => ({ key, name: fieldName(key), count })),
  };
});

export const meta: MetaFunction = () => [
  { title: `${m.brand_full()} · ${m.ui_footer_purpose()}` },
  { name: 'description', content: m.catalogue_home_meta() },
];

const EXAMPLES = [
  { text: m.catalogue_example_1, to: '/match?item=%E5%8E%8B%E5%8A%9B%E8%A1%A8&min=0&max=60&unit=MPa&by=mpe&limit=0.6&lunit=MPa' },
  {
    text: m.catalogue_example_2,
    to: '/match?item=%E5%A4%96%E5%BE%84%E5%8D%83%E5%88%86%E5%B0%BA&n=12&min=0&max=25&unit=mm&limit=0.5&lunit=%C2%B5m',
  },
  { text: m.catalogue_example_3, to: '/match?item=%E9%93%82%E7%94%B5%E9%98%BB&min=-40&max=150&unit=%C2%B0C&limit=0.05&lunit=%C2%B0C' },
];

const HOW = [
  [m.catalogue_how_1, m.catalogue_how_1_text],
  [m.catalogue_how_2, m.catalogue_how_2_text],
] as const;
const PAYING = [m.catalogue_how_3, m.catalogue_how_3_text] as const;
const PAYING_SIMULATED = [m.catalogue_how_3_simulated, m.catalogue_how_3_simulated_text] as const;

export default function Home() {
  const { frame, facts, entries, fields, origin, simulated } = useView<typeof loader>();
  return (
    <>
      <section className="wrap grid gap-6 pt-[clamp(36px,6vw,72px)] pb-10">
        <h1 className="text-[clamp(1.8rem,1.1rem+2.6vw,2.6rem)]">
          {m.catalogue_home_title()}
          <br />
          {m.catalogue_home_title_2()}
        </h1>
        <p className="muted max-w-[46em]">{m.catalogue_home_lead()}</p>
        <div className="card p-5 md:p-6">
          <NeedSentence text={NEED_DEFAULTS} {...frame}>
            <A to="/search" className="btn quiet">
              {m.catalogue_need_words_instead()}
            </A>
          </NeedSentence>
          <p className="tiny mt-4 flex flex-wrap gap-x-4 gap-y-1">
            {m.catalogue_examples()}
            {EXAMPLES.map(({ text, to }) => (
              <A key={to} to={to} className="link">
                {text()}
              </A>
            ))}
          </p>
        </div>
        <p className="tiny">{m.catalogue_home_facts(facts)}</p>
      </section>
      <section className="border-y border-line bg-sunk" aria-label={m.catalogue_home_entries()}>
        <div className="wrap grid gap-7 py-9 sm:grid-cols-2 lg:grid-cols-4">
          {entries.map(({ families, services, centres, earliest }, i) => (
            <A key={families.join()} to={`/search?${new URLSearchParams(families.map((family) => ['family', family]))}`} className="group">
              <h2 className="group-hover:text-accent">{ENTRIES[i]?.title()}&nbsp;→</h2>
              <p className="muted mt-1.5 text-[.875rem]">{m.catalogue_entry_counts({ services, centres })}</p>
              {earliest && <p className="tiny mt-0.5">{earliest}</p>}
            </A>
          ))}
        </div>
      </section>
      <section className="wrap grid gap-8 py-10 md:grid-cols-3">
        {[...HOW, simulated ? PAYING_SIMULATED : PAYING].map(([title, text]) => (
          <div key={title()}>
            <h2 className="text-[1.0625rem]">{title()}</h2>
            <p className="muted mt-1 text-[.9375rem]">{text()}</p>
          </div>
        ))}
      </section>
      <section className="wrap grid gap-3 pb-14">
        <h2>{m.catalogue_home_fields()}</h2>
        <ul className="flex flex-wrap gap-2">
          {fields.map(({ key, name, count }) => (
            <li key={key}>
              <A to={`/search?field=${key}`} className="btn small">
                {name} <span className="tiny">{count}</span>
              </A>
            </li>
          ))}
        </ul>
        <p>
          <A to="/specifications" className="link">
            {m.catalogue_specifications_title()}
          </A>
        </p>
      </section>
      <JsonLd data={{ '@type': 'WebSite', name: m.brand_full(), url: origin }} />
    </>
  );
}
