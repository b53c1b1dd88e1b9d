import { data, type MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { checkFile } from '#app/core/files.server.ts';
import { isProblem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { askForEntry } from '#app/modules/centres/verification/request-verification.server.ts';
import { viewClaim } from '#app/modules/centres/verification/view-requests.server.ts';
import { withdrawVerificationRequest } from '#app/modules/centres/verification/withdraw-request.server.ts';
import { requireMember, requireViewer } from '#app/modules/identity/guards.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { RunningVerificationRequest } from './running-verification-request.tsx';
import { ENTRY_FAULTS, type Faults, isFaults, VerificationRequestForm } from './verification-request-form.tsx';

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

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'centre'));
  const slug = params.slug ?? '';
  const form = await request.formData();
  const here = `/centre/claim/${encodeURIComponent(slug)}`;
  if (form.get('intent') === 'withdraw') {
    try {
      await withdrawVerificationRequest(services, actor, String(form.get('verification') ?? ''));
    } catch (error) {
      // Decided meanwhile: the page says how.
      if (!isProblem(error) || error.code !== 'stale') throw error;
    }
    throw redirectTo(here);
  }
  const statement = String(form.get('statement') ?? '').trim();
  const refused = (faults: Faults) => data({ statement, faults }, { status: 400 });
  const documents = await documentsIn(form.getAll('documents'));
  if (!Array.isArray(documents)) return refused({ documents: documents.fault });
  try {
    await askForEntry(services, actor, { slug, statement, documents });
  } catch (error) {
    if (!isProblem(error) || error.code !== 'invalid_form') throw error;
    const faults = { [String(error.facts.field)]: error.facts.reason };
    if (!isFaults(faults)) throw error;
    return refused(faults);
  }
  throw redirectTo(here);
});

/** What was chosen, each looked at; a field left empty sends one file without name and bytes. */
async function documentsIn(given: FormDataEntryValue[]) {
  const checked = [];
  for (const one of given) {
    if (!(one instanceof File) || (one.size === 0 && one.name === '')) continue;
    const file = checkFile(one.name, new Uint8Array(await one.arrayBuffer()));
    if ('fault' in file) return { fault: file.fault };
    checked.push(file);
  }
  return checked;
}

export const meta: MetaFunction = () => [{ title: `${m.centre_claim_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Claim() {
  const { slug, claim } = useView<typeof loader>();
  const answered = useActionData<typeof action>();
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
      {verification && <RunningVerificationRequest verification={verification} manager={manager} />}
      {fault && !(fault === 'waiting' && verification?.state === 'waiting') && (
        <section className="card pad grid max-w-3xl justify-items-start gap-3">
          <p>{ENTRY_FAULTS[fault]()}</p>
          <A to={own ? `/centre/claim/${own.slug}` : '/centre/profile'} className="btn">
            {own ? own.name : m.centre_profile_title()}
          </A>
        </section>
      )}
      {!manager && fault === null && <p className="card pad max-w-3xl">{m.centre_claim_managers()}</p>}
      {open && <VerificationRequestForm answered={answered} again={verification !== null} />}
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
