/** Every action of the policy, asked by everybody who may not: the use case itself refuses, whatever the page has checked. */
import { describe, expect, it } from 'vitest';
import { type Actor, operatorActor } from '#app/core/actor.ts';
import { removeRow } from '#app/modules/capability/import/edit-row.server.ts';
import { checkAccreditation } from '#app/modules/catalogue/accreditation/check-accreditation.server.ts';
import { requireDrafting } from '#app/modules/catalogue/listing/save-listing.server.ts';
import { setServiceStatus } from '#app/modules/catalogue/set-service-status.server.ts';
import { keepDemand } from '#app/modules/catalogue/wanted/keep-demand.server.ts';
import { removeAccreditation } from '#app/modules/centres/accreditation/save-accreditation.server.ts';
import { askPark } from '#app/modules/centres/firms/ask-park.server.ts';
import { decideParkFirm } from '#app/modules/centres/firms/confirm-park-firm.server.ts';
import { decideParkCentre } from '#app/modules/centres/firms/decide-park-centre.server.ts';
import { decideVerificationRequest } from '#app/modules/centres/verification/decide-request.server.ts';
import { answerEnquiry } from '#app/modules/enquiries/answer-enquiry.server.ts';
import { askForQuote } from '#app/modules/enquiries/ask-for-quote.server.ts';
import { withdrawEnquiry } from '#app/modules/enquiries/withdraw-enquiry.server.ts';
import { markFindingLookedAt, viewAuditFindings } from '#app/modules/identity/audit-findings.server.ts';
import { changeRole } from '#app/modules/identity/change-role.server.ts';
import { endSessions } from '#app/modules/identity/end-sessions.server.ts';
import { findPerson } from '#app/modules/identity/find-person.server.ts';
import { inviteMember } from '#app/modules/identity/invite-member.server.ts';
import { type Action, can } from '#app/modules/identity/policy.ts';
import { ORGANISATION_KINDS, rolesOf } from '#app/modules/identity/roles.ts';
import { takeSecondFactor } from '#app/modules/identity/take-second-factor.server.ts';
import { chooseTitle } from '#app/modules/invoices/choose-title.server.ts';
import { issueInvoice } from '#app/modules/invoices/issue-invoice.server.ts';
import { issueRedLetter } from '#app/modules/invoices/issue-red-letter.server.ts';
import { listTitles } from '#app/modules/invoices/list-titles.server.ts';
import { raiseForMistake } from '#app/modules/invoices/raise-red-letter.server.ts';
import { refuseInvoice } from '#app/modules/invoices/refuse-invoice.server.ts';
import { requestInvoice } from '#app/modules/invoices/request-invoice.server.ts';
import { saveTaxClass } from '#app/modules/invoices/save-tax-class.server.ts';
import { saveTitle } from '#app/modules/invoices/save-title.server.ts';
import { withdrawInvoice } from '#app/modules/invoices/withdraw-invoice.server.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { listTexts, viewDraft } from '#app/modules/legal/list-texts.server.ts';
import { publishText } from '#app/modules/legal/publish-text.server.ts';
import { saveDraft } from '#app/modules/legal/save-draft.server.ts';
import { sendMessage } from '#app/modules/messages/send-message.server.ts';
import { openFeed } from '#app/modules/notices/centre-feed.server.ts';
import { retryLateEffect, viewLateEffects } from '#app/modules/notices/late-effects.server.ts';
import { acceptRequest } from '#app/modules/orders/accept-request.server.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { declineRequest } from '#app/modules/orders/decline-request.server.ts';
import { listUnpaid } from '#app/modules/orders/list-unpaid.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { explainDifference } from '#app/modules/payments/explain-difference.server.ts';
import { retryRefundOfAnybody } from '#app/modules/payments/retry-refund.server.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { listCentreServices } from '#app/read-models/list-centre-services.server.ts';
import { listConversations } from '#app/read-models/list-conversations.server.ts';
import { listEnquiries } from '#app/read-models/list-enquiries.server.ts';
import { countWaiting } from '#app/read-models/view-checks.server.ts';
import { viewConversation } from '#app/read-models/view-conversation.server.ts';
import { viewEnquiry } from '#app/read-models/view-enquiry.server.ts';
import { viewMoneyExceptions } from '#app/read-models/view-money-exceptions.server.ts';
import { listVerificationRequests } from '#app/read-models/view-requests.server.ts';
import { viewUtilization } from '#app/read-models/view-utilization.server.ts';
import { membership } from '#db/schema/identity.ts';
import { formFor, OFFICE_HOURS } from '#tests/support/market.ts';
import { market, NINE, refusal } from '../orders/life-market.ts';

const TITLE = {
  kind: 'ordinary' as const,
  name: '示例公司',
  taxId: '11000000000000000U',
  email: 'cw@example.test',
  address: '',
  phone: '',
  bank: '',
  account: '',
};
const ISSUED = { invoiceNumber: '26322000000012345678', issuedOn: '2026-11-23', amount: 1 };

const PARTIES: Pick<Actor, 'organisationKind' | 'role'>[] = [
  ...ORGANISATION_KINDS.flatMap((organisationKind) => rolesOf(organisationKind).map((role) => ({ organisationKind, role }))),
  { organisationKind: 'platform', role: 'operator' },
  { organisationKind: 'person', role: 'self' },
];

/** A centre with a booked order, and what each action stands for in it. */
async function place() {
  const { deps, m, buyer, hold } = await market();
  const { number } = await hold();
  const [{ id: membershipId = '' } = {}] = await deps.db.read((q) => q.select().from(membership).limit(1));
  const quote = { centres: [m.centreId], path: '', said: '', text: '白金电阻温度计', quantity: 1, neededBy: '', once: 'x' };
  const [enquiryId = ''] = await askForQuote(deps, buyer, quote);
  const payments = deps as unknown as Parameters<typeof retryRefundOfAnybody>[0];
  const pool = {
    id: null,
    kind: 'bench',
    field: 'dimensional',
    nameZh: '台',
    nameEn: '',
    gridMinutes: 30,
    observesHolidays: true,
  } as const;
  const files = {} as Parameters<typeof sendMessage>[0]['files'];
  const deeds: Record<Action, ((actor: Actor) => Promise<unknown>)[]> = {
    'centre.view': [(who) => listCentreServices(deps, who), (who) => openFeed(deps, who)],
    'scope.state': [(who) => removeRow(deps, who, 'row'), (who) => removeAccreditation(deps, who, 'one')],
    'service.publish': [(who) => setServiceStatus(deps, who, m.service.id, 'paused')],
    'service.draft': [async (who) => requireDrafting(who)],
    'time.plan': [(who) => savePool(deps, who, { ...pool, weeklyHours: OFFICE_HOURS, resources: [] })],
    'order.decide': [
      (who) => acceptRequest(deps, who, number),
      (who) => declineRequest(deps, who, number, '排期已满'),
      (who) =>
        who.organisationKind === 'sme'
          ? acceptRequest(deps, who, number)
          : cancelOrder(deps, who, { number, reason: '停电', shownRefund: 0 }),
    ],
    'order.work': [(who) => advanceOrder(deps, who, { number, event: 'receive', version: 0 })],
    'order.place': [(who) => holdSlot(deps, who, formFor(m.service, NINE))],
    'order.view': [(who) => listUnpaid(deps, who)],
    'invoice.ask': [
      (who) => listTitles(deps, who),
      (who) => saveTitle(deps, who, TITLE),
      (who) => requestInvoice(deps, who, { title: 'x', orders: [{ number, amount: 1 }], note: '', submission: 'x' }),
      (who) => chooseTitle(deps, who, { number, title: '' }),
      (who) => withdrawInvoice(deps, who, 'FP-0'),
    ],
    'invoice.issue': [
      (who) => refuseInvoice(deps, who, 'FP-0', '抬头有误'),
      (who) => issueInvoice({ ...deps, files }, who, 'FP-0', { ...ISSUED, files: [] }),
      (who) => raiseForMistake(deps, who, 'FP-0'),
      (who) => issueRedLetter({ ...deps, files }, who, { number: 'FP-0', letter: 'x' }, { ...ISSUED, files: [] }),
      (who) => saveTaxClass(deps, who, { family: '', code: '3040601000000000000', name: '鉴证咨询服务', item: '校准费' }),
    ],
    'park.join': [(who) => askPark(deps, who, '')],
    'park.view': [(who) => viewUtilization(deps, who, { firstWeek: 1, lastWeek: 2 })],
    'firm.confirm': [
      (who) => decideParkFirm(deps, who, buyer.organisationId, 'confirm'),
      (who) => decideParkCentre(deps, who, m.centreId, 'confirm'),
    ],
    'centre.verify': [(who) => decideVerificationRequest(deps, who, 'one', { accept: true }), (who) => listVerificationRequests(deps, who)],
    'accreditation.check': [
      (who) => checkAccreditation(deps, who, { id: 'one', shown: 1, check: { accept: false, reason: 'x' } }),
      (who) => countWaiting(deps, who),
    ],
    'money.settle': [
      (who) => explainDifference(deps, who, { position: 1, note: 'x' }),
      (who) => viewMoneyExceptions(deps, who),
      (who) => retryRefundOfAnybody(payments, who, 'one'),
    ],
    'effect.retry': [(who) => retryLateEffect(deps, who, 'one'), (who) => viewLateEffects(deps, who)],
    'audit.look': [(who) => markFindingLookedAt(deps, who, { id: 'one', note: 'x' }), (who) => viewAuditFindings(deps, who)],
    'person.help': [
      (who) => findPerson(deps, who, 'somebody@example.com'),
      (who) => endSessions(deps, who, buyer.personId),
      (who) => takeSecondFactor(deps, who, buyer.personId, '本人到场'),
    ],
    'text.publish': [
      (who) => listTexts(deps, who),
      (who) => viewDraft(deps, who, 'terms'),
      (who) => saveDraft(deps, who, 'terms', { textZh: '条款', textEn: 'Terms', seen: 0 }),
      (who) => publishText(deps, who, 'terms', { from: '2026-12-01', seen: 1 }),
    ],
    'demand.keep': [(who) => keepDemand(deps, who, { search: 'words', asked: 'q=x', said: 'x', locale: 'zh-CN' })],
    'enquiry.view': [(who) => listEnquiries(deps, who, { state: null }), (who) => viewEnquiry(deps, who, enquiryId)],
    'enquiry.ask': [(who) => askForQuote(deps, who, quote), (who) => withdrawEnquiry(deps, who, enquiryId)],
    'enquiry.answer': [(who) => answerEnquiry(deps, who, enquiryId, { declines: false, text: '可以', price: '', service: '' })],
    'message.read': [(who) => listConversations(deps, who), (who) => viewConversation(deps, who, { order: number })],
    'message.write': [
      (who) =>
        sendMessage({ ...deps, files }, who, {
          about: { order: number },
          text: '您好',
          files: [],
          once: 'x',
        }),
    ],
    'member.manage': [
      (who) => inviteMember(deps, who, { email: 'guest@example.com', role: 'member' }),
      (who) => changeRole(deps, who, membershipId, 'member'),
    ],
  };
  return { deps, m, buyer, deeds };
}

describe('whom the policy does not allow an action', () => {
  it('the use case refuses: a colleague by forbidden, a stranger by not_found', async () => {
    const { m, buyer, deeds } = await place();
    const organisations: Record<Actor['organisationKind'], string> = {
      centre: m.manager.organisationId,
      sme: buyer.organisationId,
      park: 'nobody',
      platform: '',
      person: '',
    };
    for (const [action, works] of Object.entries(deeds) as [Action, (typeof deeds)[Action]][])
      for (const party of PARTIES.filter((one) => !can(one, action))) {
        // The technician's person: whose role in the database leads nothing, and who runs no platform.
        const actor = { ...m.technician, ...party, organisationId: organisations[party.organisationKind] };
        const kin = PARTIES.some((one) => one.organisationKind === party.organisationKind && can(one, action));
        for (const [i, work] of works.entries())
          expect(await refusal((async () => work(actor))()), `${action} ${i} by ${party.role}`).toMatch(
            kin ? /^forbidden$/ : /^(not_found|forbidden)$/,
          );
      }
  });

  it('an operator who is none any more is nobody', async () => {
    const { m, deeds } = await place();
    const was = operatorActor(m.technician.personId);
    for (const action of [
      'centre.verify',
      'accreditation.check',
      'money.settle',
      'effect.retry',
      'audit.look',
      'person.help',
      'text.publish',
    ] as const)
      for (const work of deeds[action]) expect(await refusal((async () => work(was))()), action).toBe('not_found');
  });
});
