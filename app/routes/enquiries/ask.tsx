import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorIn, actorOf } from '#app/core/actor.ts';
import { given, several, wholeNumber } from '#app/core/form.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { type CentreToAsk, centresToAsk } from '#app/modules/catalogue/centres-to-ask.server.ts';
import { needText } from '#app/modules/catalogue/need-fields.ts';
import { askedIn, pathOf } from '#app/modules/catalogue/wanted/demand.ts';
import { askForQuote } from '#app/modules/enquiries/ask-for-quote.server.ts';
import { MOST_CENTRES, MOST_TEXT } from '#app/modules/enquiries/enquiry-rules.ts';
import { requireMember, requireViewer } from '#app/modules/identity/guards.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { Submit, TextArea, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { saidOf } from '../catalogue/said.server.ts';
import { nameOf } from '../catalogue/words.ts';
import { FAULTS } from './words.ts';

const WHY = {
  can: m.enquiries_centres_can,
  near: m.enquiries_centres_near,
  other: m.enquiries_centres_other,
} as const satisfies Record<CentreToAsk['why'], () => string>;

/** What the address asks for: a search of ours, a centre, both or neither. */
async function readAddress(services: Services, request: Request) {
  const params = new URL(request.url).searchParams;
  const asked = askedIn(params.get('search') ?? '', params);
  const catalogue = await services.catalogue.current();
  const chosen = catalogue.centreBySlug(params.get('centre') ?? '');
  return {
    params,
    asked,
    chosen: chosen?.claimed ? chosen : undefined,
    path: asked ? pathOf(asked) : '',
    said: asked ? saidOf(asked, catalogue) : '',
    catalogue,
  };
}

export const loader = serve(async ({ request, services }) => {
  const actor = actorIn(await requireViewer(services, request));
  const { params, asked, chosen, said, catalogue } = await readAddress(services, request);
  const live = { catalogue, scopes: await services.scopes.current() };
  const proposed = asked ? centresToAsk(live, asked, services.clock()) : [];
  const others = proposed.filter(({ centre }) => centre !== chosen);
  const pieces = Number(needText(params).n);
  return {
    asks: actor !== null && can(actor, 'enquiry.ask'),
    alone: actor === null,
    said,
    quantity: Number.isInteger(pieces) && pieces > 0 ? pieces : 1,
    centres: [
      ...(chosen ? [{ slug: chosen.slug, name: nameOf(chosen), why: '', ticked: true }] : []),
      ...others.map(({ centre, why }) => ({ slug: centre.slug, name: nameOf(centre), why: WHY[why](), ticked: !chosen && why === 'can' })),
    ],
    once: newId(),
  };
});

const askForm = z.object({ centres: several, text: given, quantity: wholeNumber, neededBy: given, once: given });

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const { path, said } = await readAddress(services, request);
  return answerForm(request, askForm, async (typed) => {
    const ids = await askForQuote(services, actor, { ...typed, path, said });
    services.wake();
    if (ids.length === 0) throw new Problem('bad_request');
    throw redirectTo(ids.length === 1 ? `/enquiries/${ids[0]}?done=sent` : '/enquiries?done=sent');
  });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction = () => [{ title: `${m.enquiries_ask_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Ask() {
  const { asks, alone } = useView<typeof loader>();
  return (
    <Page title={m.enquiries_ask_title()} lead={m.enquiries_ask_lead()}>
      {asks ? (
        <AskForm />
      ) : (
        <Empty title={m.enquiries_firm_only()}>
          {alone && (
            <A to="/start" className="btn">
              {m.enquiries_firm_start()}
            </A>
          )}
        </Empty>
      )}
    </Page>
  );
}

function AskForm() {
  const { said, quantity, centres, once } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  const ticked = back.list(
    'centres',
    centres.filter((centre) => centre.ticked).map(({ slug }) => slug),
  );
  if (centres.length === 0)
    return (
      <Empty title={said || m.enquiries_none_title()}>
        <p>{m.enquiries_centres_none()}</p>
        <A to="/centres" className="btn">
          {m.enquiries_centres_browse()}
        </A>
      </Empty>
    );
  return (
    <Form method="post" className="card pad grid max-w-3xl gap-5">
      <FormTrouble back={back} />
      <input type="hidden" name="once" value={back.text('once', once)} />
      {said && (
        <p>
          <span className="tiny block">{m.enquiries_from_search()}</span>
          <span className="break-words">{said}</span>
        </p>
      )}
      <fieldset className="grid gap-1" aria-describedby="centres-hint">
        <legend className="mb-1 font-semibold text-[.9375rem]">{m.enquiries_centres()}</legend>
        {back.errors('centres').errors?.map((text) => (
          <p key={text} className="error-text">
            {text}
          </p>
        ))}
        {centres.map(({ slug, name, why }) => (
          <label key={slug} className="flex min-h-11 items-center gap-3">
            <input type="checkbox" name="centres" value={slug} defaultChecked={ticked.includes(slug)} />
            <span className="min-w-0 break-words">
              {name} {why && <span className="tiny">· {why}</span>}
            </span>
          </label>
        ))}
        <p id="centres-hint" className="tiny">
          {m.enquiries_centres_hint({ most: MOST_CENTRES })}
        </p>
      </fieldset>
      <TextArea
        name="text"
        label={m.enquiries_text()}
        hint={m.enquiries_text_hint()}
        rows={5}
        maxLength={MOST_TEXT}
        defaultValue={back.text('text')}
        {...back.errors('text')}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          name="quantity"
          label={m.enquiries_quantity()}
          inputMode="numeric"
          defaultValue={back.text('quantity', String(quantity))}
          {...back.errors('quantity')}
        />
        <TextField
          name="neededBy"
          type="date"
          label={m.enquiries_needed_by()}
          defaultValue={back.text('neededBy')}
          {...back.errors('neededBy')}
        />
      </div>
      <Submit className="btn go justify-self-start" busy={m.enquiries_sending()}>
        {m.enquiries_send()}
      </Submit>
    </Form>
  );
}
