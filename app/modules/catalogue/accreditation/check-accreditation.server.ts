import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { rowsUnder } from '#app/modules/capability/rows-under.server.ts';
import { announceAccreditation } from '#app/modules/centres/accreditation/announce-accreditation.server.ts';
import { decisionFault } from '#app/modules/centres/accreditation/check-rules.ts';
import { accreditationOf, type Held, putCheck } from '#app/modules/centres/accreditation/put-check.server.ts';
import { statementFault } from '#app/modules/centres/verification/request-rules.ts';
import { managersOf } from '#app/modules/identity/managers.server.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import type { Queries } from '#db/queries.ts';
import type { Family } from '#db/schema/centres.ts';
import { FAMILIES } from '../facets.ts';

export type Check = { accept: true; families: readonly string[] } | { accept: false; reason: string };

/**
 * The operator accepts an accreditation for some kinds of service, or refuses it.
 * @param shown its revision as it was on the operator's page: what its centre has changed since is not decided on
 * @throws Problem not_found for who is no operator and for no such accreditation; stale {reason: changed | decided};
 * transition_refused {reason: ended | no_certificate}; invalid_form {field: families | reason, reason}
 */
export async function checkAccreditation(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  operator: Actor,
  { id, shown, check }: { id: string; shown: number; check: Check },
): Promise<void> {
  await db.write(async (tx) => {
    const now = clock();
    await mustBeOperator(tx, operator, 'accreditation.check');
    const found = await accreditationOf(tx, id);
    if (!found || found.held.kind === 'internal') throw new Problem('not_found');
    const fault = decisionFault(found.held, shown, now);
    if (fault) throw new Problem(fault === 'changed' || fault === 'decided' ? 'stale' : 'transition_refused', { reason: fault });
    const families = check.accept ? familiesIn(check.families) : [];
    const reason = check.accept ? '' : reasonIn(check.reason);
    const outcome = { checkState: check.accept ? 'accepted' : 'refused', checkedFamilies: families, checkReason: reason } as const;
    await putCheck(tx, found.held.id, outcome, operator.personId, now);
    await announceAccreditation(tx, rowsUnder, found.held.centreId, found.held.id, now);
    await note(tx, { ...found.held, ...outcome }, operator.personId, now);
    if (found.organisationId) await tellCentre(tx, found.organisationId, { ...found.held, ...outcome }, now);
  });
}

const note = (tx: Queries, held: Held, operatorId: string, now: number) => {
  const { id, revision, kind, number, checkState, checkedFamilies, checkReason, evidenceId } = held;
  const said = checkState === 'accepted' ? { families: checkedFamilies } : { reason: checkReason };
  const data = { id, revision, kind, number, evidenceId: evidenceId ?? '', ...said };
  return audit(tx, { chain: `centre:${held.centreId}`, actorId: operatorId, action: `accreditation_${checkState}`, data }, now);
};

/** In the order they are always named in. @throws Problem invalid_form for none, and for what is no family */
function familiesIn(given: readonly string[]): Family[] {
  const families = FAMILIES.filter((family) => given.includes(family));
  if (families.length === 0 || new Set(given).size !== families.length)
    throw new Problem('invalid_form', { field: 'families', reason: 'choose' });
  return families;
}

function reasonIn(given: string): string {
  const fault = statementFault(given);
  if (fault) throw new Problem('invalid_form', { field: 'reason', reason: fault });
  return given.trim();
}

async function tellCentre(tx: Queries, organisationId: string, held: Held, now: number): Promise<void> {
  const { id, revision, kind, number, checkState, checkedFamilies: families, checkReason: reason } = held;
  const facts = { kind, number, accepted: checkState === 'accepted', families, reason, link: `/centre/accreditations/${id}` };
  for (const to of await managersOf(tx, organisationId)) {
    const dedupeKey = `accreditation_checked:${id}:${revision}:${to.id}`;
    await queueMail(tx, { kind: 'accreditation_checked', to: to.email, locale: to.locale, facts, dedupeKey }, now);
  }
}
