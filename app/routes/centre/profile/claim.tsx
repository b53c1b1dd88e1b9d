import type { MetaFunction } from '@remix-run/node';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { checkFile } from '#app/core/files.server.ts';
import { filesIn, given } from '#app/core/form.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { askForEntry } from '#app/modules/centres/verification/request-verification.server.ts';
import { withdrawVerificationRequest } from '#app/modules/centres/verification/withdraw-request.server.ts';
import { requireMember, requireViewer } from '#app/modules/identity/guards.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { viewClaim } from '#app/read-models/view-requests.server.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { RunningVerificationRequest } from './running-verification-request.tsx';
import { ENTRY_FAULTS, VerificationRequestForm } from './verification-request-form.tsx';

export const loader = serve(async ({ request, params, services }) => {
  const { organisation, role, person } = await requireViewer(services, request);
  const slug = params.slug ?? '';
  // Whoever came from the public page with another organisation's account is told which one is needed.
  if (organisation?.kind !== 'centre' || !role) return { slug, claim: null };
  const actor = actorOf({ person, organisation, role });
  const { entry, own, fault, verification } = await viewClaim(services, actor, slug);
  return {
    slug,
    claim: {
      name: pick(entry.nameZh, entry.nameEn),
      place: [pick(entry.hostZh, entry.hostEn), pick(entry.cityZh, entry.cityEn)].filter(Boolean).join(' · '),
      mine: entry.organisationId === actor.organisationId,
      own: own && { slug: own.slug, name: pick(own.nameZh, own.nameEn) },
      fault,
      verification,
      manager: can(actor, 'scope.state'),
    },
  };
});

const claimForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('ask'), statement: given }),
  z.object({ intent: z.literal('withdraw'), verification: given }),
]);

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'centre'));
  const slug = params.slug ?? '';
  const here = `/centre/claim/${encodeURIComponent(slug)}`;
  const withdraw = async (verification: string) => {
    try {
      await withdrawVerificationRequest(services, actor, verification);
    } catch (error) {
      // Decided meanwhile: the page says how.
      if (!isProblem(error) || error.code !== 'stale') throw error;
    }
  };
  return answerForm(request, claimForm, async (input, form) => {
    if (input.intent === 'withdraw') await withdraw(input.verification);
    else await askForEntry(services, actor, { slug, statement: input.statement, documents: await documentsIn(form) });
    throw redirectTo(here);
  });
});

/** What was chosen, each looked at. @throws Problem invalid_form {field: documents} */
async function documentsIn(form: FormData) {
  const checked = [];
  for (const one of filesIn(form, 'documents')) {
    const file = checkFile(one.name, new Uint8Array(await one.arrayBuffer()));
    if ('fault' in file) throw new Problem('invalid_form', { field: 'documents', reason: file.fault });
    checked.push(file);
  }
  return checked;
}

export const meta: MetaFunction = () => [{ title: `${m.centre_claim_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Claim() {
  const { slug, claim } = useView<typeof loader>();
  if (!claim)
    return (
      <Page narrow title={m.centre_claim_title()} lead={m.centre_claim_other_kind()}>
        <div className="flex flex-wrap gap-3">
          <A to="/account" className="btn go">
            {m.centre_claim_account()}
          </A>
          <A to={`/centres/${slug}`} className="btn quiet">
            {m.centre_claim_back()}
          </A>
        </div>
      </Page>
    );
  const { name, place, mine, own, fault, verification, manager } = claim;
  const open = fault === null && manager;
  return (
    <Page
      title={mine ? m.centre_claim_verify_title() : m.centre_claim_title()}
      crumbs={[{ to: `/centres/${slug}`, label: name }, { label: mine ? m.centre_claim_verify_title() : m.centre_claim_title() }]}
      lead={mine ? m.centre_claim_verify_lead() : m.centre_claim_lead()}
    >
      <section className="card pad grid max-w-3xl gap-1">
        <h2>{name}</h2>
        <p className="muted">{place}</p>
      </section>
      {verification && <RunningVerificationRequest verification={verification} manager={manager} prepares={!mine} />}
      {fault && !(fault === 'waiting' && verification?.state === 'waiting') && (
        <section className="card pad grid max-w-3xl justify-items-start gap-3">
          <p>{ENTRY_FAULTS[fault]()}</p>
          <A to={own ? `/centre/claim/${own.slug}` : '/centre/profile'} className="btn">
            {own ? own.name : m.centre_profile_title()}
          </A>
        </section>
      )}
      {!manager && fault === null && <p className="card pad max-w-3xl">{m.centre_claim_managers()}</p>}
      {open && <VerificationRequestForm again={verification !== null} />}
      {verification?.files && verification.files.length > 0 && (
        <section className="card pad grid max-w-3xl gap-2">
          <h2>{m.centre_claim_documents_sent()}</h2>
          <ul className="grid gap-1">
            {verification.files.map((file) => (
              <li key={file.id}>
                <a
                  className="link [overflow-wrap:anywhere]"
                  href={localePath(`/centre/verification-requests/${verification.id}/files/${file.id}`)}
                >
                  {file.name}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
