import type { HeadersFunction, MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { answerEnquiry } from '#app/modules/enquiries/answer-enquiry.server.ts';
import { withdrawEnquiry } from '#app/modules/enquiries/withdraw-enquiry.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { viewEnquiry } from '#app/read-models/view-enquiry.server.ts';
import { Fact } from '#app/ui/fact.tsx';
import { Submit } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { zoneName } from '../booking/words.ts';
import { Workspace } from '../centre/workspace.tsx';
import { AnswerForm } from './answer-form.tsx';
import { FAULTS, stateName, stateTone } from './words.ts';

const DONE: Record<string, () => string> = {
  sent: m.enquiries_sent,
  answered: m.enquiries_answered,
  declined: m.enquiries_declined,
  withdrawn: m.enquiries_withdrawn_done,
};

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const {
    createdAt,
    answeredAt,
    priceFrom,
    buyer,
    centre,
    service,
    services: onSale,
    ...view
  } = await viewEnquiry(services, actor, params.id ?? '');
  const done = new URL(request.url).searchParams.get('done') ?? '';
  const zoned = { timeZone: view.timeZone };
  return {
    ...view,
    when: dayTime(createdAt, zoned),
    answeredWhen: answeredAt === null ? '' : dayTime(answeredAt, zoned),
    price: priceFrom === null ? '' : m.enquiries_price_from({ price: money(priceFrom) }),
    buyer: buyer ? pick(buyer.nameZh, buyer.nameEn) : '',
    centre: centre ? { slug: centre.slug, name: pick(centre.nameZh, centre.nameEn) } : null,
    service: service && { slug: service.slug, onSale: service.onSale, name: pick(service.nameZh, service.nameEn) },
    onSale: onSale.map(({ slug, nameZh, nameEn }) => ({ slug, name: pick(nameZh, nameEn) })),
    done: Object.hasOwn(DONE, done) ? done : null,
  };
});

const enquiryForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('withdraw') }),
  z.object({ intent: z.enum(['answer', 'decline']), text: given, price: given, service: given }),
]);

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const id = params.id ?? '';
  return answerForm(request, enquiryForm, async (typed) => {
    if (typed.intent === 'withdraw') {
      await withdrawEnquiry(services, actor, id);
      throw redirectTo(`/enquiries/${id}?done=withdrawn`);
    }
    const { intent, ...answer } = typed;
    await answerEnquiry(services, actor, id, { ...answer, declines: intent === 'decline' });
    services.wake();
    throw redirectTo(`/enquiries/${id}?done=${intent === 'decline' ? 'declined' : 'answered'}`);
  });
});

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-store' });

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: [data?.subject, m.enquiries_title(), m.brand()].filter(Boolean).join(' · ') },
  { name: 'robots', content: 'noindex' },
];

export default function Enquiry() {
  const { side, subject, done } = useView<typeof loader>();
  const notice = done === null ? null : { tone: 'ok' as const, text: DONE[done]?.() ?? '' };
  if (side === 'centre')
    return (
      <Workspace title={subject} notice={notice}>
        <Facts />
        <Answer />
      </Workspace>
    );
  return (
    <Page title={subject} crumbs={[{ to: '/enquiries', label: m.enquiries_title() }, { label: subject }]}>
      {notice && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {notice.text}
        </p>
      )}
      <Facts />
      <Answer />
    </Page>
  );
}

function Facts() {
  const { side, state, path, said, text, quantity, neededBy, when, buyer, centre, askedBy, timeZone } = useView<typeof loader>();
  return (
    <section className="card pad grid max-w-3xl gap-3">
      <p>
        <span className={`chip ${stateTone(state)}`}>{stateName(state)}</span>
      </p>
      <dl className="spec-list">
        {side === 'centre' ? (
          <Fact name={m.enquiries_row_buyer()} text={buyer} />
        ) : (
          centre && (
            <Fact
              name={m.enquiries_row_centre()}
              text={
                <A to={`/centres/${centre.slug}`} className="link">
                  {centre.name}
                </A>
              }
            />
          )
        )}
        <Fact name={m.enquiries_row_by()} text={askedBy} />
        {said && <Fact name={m.enquiries_row_subject()} text={said} />}
        {text && <Fact name={m.enquiries_row_text()} text={<span className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</span>} />}
        <Fact name={m.enquiries_row_quantity()} text={String(quantity)} />
        {neededBy && <Fact name={m.enquiries_row_needed_by()} text={neededBy} />}
        <Fact name={m.enquiries_row_when()} text={when} />
      </dl>
      <p className="tiny">{m.enquiries_times({ zone: zoneName(timeZone) })}</p>
      {path && (
        <A to={path} className="link justify-self-start">
          {m.enquiries_search()}
        </A>
      )}
    </section>
  );
}

function Answer() {
  const { id, side, state, answer, price, service, answeredWhen, centre, answers, withdraws, writes, onSale } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  return (
    <>
      {answers && <AnswerForm back={back} services={onSale} />}
      {!answers && back.refused && <FormTrouble back={back} />}
      {state === 'open' && side === 'centre' && !answers && <p className="muted">{m.enquiries_no_right()}</p>}
      {state === 'open' && side === 'buyer' && <p className="muted">{m.enquiries_waiting()}</p>}
      {state === 'withdrawn' && side === 'centre' && <p className="muted">{m.enquiries_withdrawn_text()}</p>}
      {(state === 'answered' || state === 'declined') && (
        <section className="card pad grid max-w-3xl gap-3" aria-labelledby="answer">
          <h2 id="answer">{(state === 'declined' ? m.enquiries_decline_of : m.enquiries_answer_of)({ centre: centre?.name ?? '' })}</h2>
          <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{answer}</p>
          {price && <p className="font-semibold">{price}</p>}
          <p className="tiny">{answeredWhen}</p>
          {service &&
            (service.onSale ? (
              <A to={`/services/${service.slug}`} className="btn go justify-self-start">
                {m.enquiries_book({ service: service.name })}
              </A>
            ) : (
              <p className="muted">{m.enquiries_not_on_sale({ service: service.name })}</p>
            ))}
        </section>
      )}
      <div className="flex flex-wrap gap-3">
        {writes && (
          <A to={`/messages/begin?enquiry=${id}`} className="btn">
            {m.enquiries_go_on()}
          </A>
        )}
        {withdraws && (
          <Form method="post">
            <Submit name="intent" value="withdraw" className="btn">
              {m.enquiries_withdraw()}
            </Submit>
          </Form>
        )}
      </div>
    </>
  );
}
