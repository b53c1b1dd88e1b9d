import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { isProblem } from '#app/core/problem.ts';
import { type AnswerInput, answerEnquiry } from '#app/modules/enquiries/answer-enquiry.server.ts';
import { askForQuote, type EnquiryInput } from '#app/modules/enquiries/ask-for-quote.server.ts';
import { MOST_OPEN } from '#app/modules/enquiries/enquiry-rules.ts';
import { withdrawEnquiry } from '#app/modules/enquiries/withdraw-enquiry.server.ts';
import { sendMessage } from '#app/modules/messages/send-message.server.ts';
import { countWaiting } from '#app/read-models/count-waiting.server.ts';
import { listConversations } from '#app/read-models/list-conversations.server.ts';
import { listEnquiries } from '#app/read-models/list-enquiries.server.ts';
import { viewConversation } from '#app/read-models/view-conversation.server.ts';
import { viewEnquiry } from '#app/read-models/view-enquiry.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import { enquiry } from '#db/schema/enquiries.ts';
import { membership, person } from '#db/schema/identity.ts';
import { seedMarket } from '#tests/support/market.ts';
import { countStatements } from '#tests/support/statements.ts';
import { market, refusal } from '../orders/life-market.ts';

const SAID = '标准铂电阻温度计，-80 ~ 400 °C，U 5 mK';

async function place() {
  const { deps, m, buyer, other } = await market();
  const rival = await seedMarket(deps.db);
  const ask = (who: Actor, changes: Partial<EnquiryInput> = {}) =>
    askForQuote(deps, who, {
      ...{ centres: [m.centreId], path: '/match?item=x', said: SAID, text: '要 CNAS 证书', quantity: 3, neededBy: '', once: newId() },
      ...changes,
    });
  const answer = (who: Actor, id: string, changes: Partial<AnswerInput> = {}) =>
    answerEnquiry(deps, who, id, { declines: false, text: '可以，约 10 个工作日', price: '1,280', service: '', ...changes });
  const letters = async (kind: string) => {
    const rows = await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')));
    const mails = rows.map(({ payload }) => payload as { kind: string; to: string; facts: Record<string, unknown> });
    return mails.filter((mail) => mail.kind === kind);
  };
  const emailOf = async ({ personId }: Actor) =>
    (await deps.db.read((q) => q.select({ email: person.email }).from(person).where(eq(person.id, personId))))[0]?.email;
  return { deps, m, buyer, other, rival, ask, answer, letters, emailOf };
}

/** Field and reason of a refused form. */
const fault = (deed: Promise<unknown>) =>
  deed.then(
    () => 'done',
    (error: unknown) => (isProblem(error) ? `${error.facts.field}.${error.facts.reason}` : String(error)),
  );

describe('an enquiry', () => {
  it('that is open is counted for the centre with its messages, by one statement; a firm has none to answer', async () => {
    const { deps, m, buyer, ask, answer } = await place();
    const [open = ''] = await ask(buyer);
    const [id] = await ask(buyer);
    await withdrawEnquiry(deps, buyer, id ?? '');
    await countWaiting(deps, m.manager);
    const statements = countStatements();
    expect(await countWaiting(deps, m.manager)).toEqual({ unread: 0, enquiries: 1 });
    expect(statements.count).toBe(1);
    expect(await countWaiting(deps, buyer)).toEqual({ unread: 0, enquiries: 0 });
    await answer(m.manager, open);
    const files = {} as Parameters<typeof sendMessage>[0]['files'];
    await sendMessage({ ...deps, files }, buyer, { about: { enquiry: open }, text: '周五可以吗？', files: [], once: newId() });
    expect(await countWaiting(deps, m.manager)).toEqual({ unread: 1, enquiries: 0 });
  });

  it('reaches who may answer at each centre, is answered once, and the buyer is told', async () => {
    const { deps, m, buyer, rival, ask, answer, letters, emailOf } = await place();
    const [id = '', second = ''] = await ask(buyer, { centres: [m.centreId, rival.centreId] });
    expect(await letters('enquiry_received')).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ to: await emailOf(m.manager), facts: expect.objectContaining({ subject: SAID, quantity: 3 }) }),
        expect.objectContaining({ to: await emailOf(rival.manager) }),
      ]),
    );
    // Technicians read and do not answer: they are not written to.
    expect((await letters('enquiry_received')).map(({ to }) => to)).not.toContain(await emailOf(m.technician));
    const inbox = await listEnquiries(deps, m.manager, { state: 'open' });
    expect(inbox.enquiries).toMatchObject([{ id, subject: SAID, quantity: 3, state: 'open' }]);
    expect(inbox.counts.get('open')).toBe(1);
    await answer(m.manager, id, { service: m.service.slug });
    expect(await viewEnquiry(deps, buyer, id)).toMatchObject({
      ...{ state: 'answered', answer: '可以，约 10 个工作日', priceFrom: 128_000, withdraws: false, answers: false },
      service: { slug: m.service.slug, onSale: true },
    });
    expect(await letters('enquiry_answered')).toMatchObject([{ to: await emailOf(buyer), facts: { declined: false, priceFrom: 128_000 } }]);
    expect(await refusal(answer(m.manager, id))).toBe('stale');
    expect(await refusal(withdrawEnquiry(deps, buyer, id))).toBe('stale');
    await answer(rival.manager, second, { declines: true, text: '无此能力', price: 'x' });
    expect(await viewEnquiry(deps, buyer, second)).toMatchObject({ state: 'declined', priceFrom: null, service: null });
    expect((await letters('enquiry_answered')).at(-1)).toMatchObject({ facts: { declined: true } });
    expect((await listEnquiries(deps, buyer, { state: null })).enquiries.map((one) => one.id)).toEqual([second, id]);
  });

  it('sent twice from one form is one; two who answer at once answer once', async () => {
    const { deps, m, buyer, ask, answer, letters } = await place();
    const once = newId();
    const sent = await Promise.all([ask(buyer, { once }), ask(buyer, { once })]);
    expect(sent[0]).toEqual(sent[1]);
    expect(await letters('enquiry_received')).toHaveLength(1);
    const [id = ''] = sent[0] ?? [];
    const both = await Promise.all(['甲', '乙'].map((text) => refusal(answer(m.manager, id, { text }))));
    expect(both.filter((code) => code === 'stale')).toHaveLength(1);
    expect(await letters('enquiry_answered')).toHaveLength(1);
    expect((await deps.db.read((q) => q.select().from(enquiry))).length).toBe(1);
  });

  it('is nobody else’s', async () => {
    const { deps, m, buyer, other, rival, ask, answer } = await place();
    const [id = ''] = await ask(buyer);
    const strangers: Actor[] = [
      other,
      rival.manager,
      { ...buyer, organisationKind: 'centre', role: 'manager' },
      { ...m.manager, organisationKind: 'sme', role: 'owner' },
      { ...m.manager, organisationKind: 'park', role: 'administrator' },
    ];
    for (const who of strangers) {
      expect(await refusal(viewEnquiry(deps, who, id))).toBe('not_found');
      expect(await refusal(answer(who, id))).toBe('not_found');
      expect(await refusal(withdrawEnquiry(deps, who, id))).toBe('not_found');
      expect(await refusal(viewConversation(deps, who, { enquiry: id }))).toBe('not_found');
    }
    expect(await refusal(answer(buyer, id))).toBe('not_found');
    expect(await refusal(withdrawEnquiry(deps, m.manager, id))).toBe('not_found');
    expect(await refusal(answer(m.technician, id))).toBe('forbidden');
    for (const odd of ['', '../x', "'", 'x'.repeat(200)]) expect(await refusal(viewEnquiry(deps, buyer, odd))).toBe('not_found');
    expect((await listEnquiries(deps, other, { state: null })).enquiries).toEqual([]);
    // Another centre's service is no answer of this one, nor is one that is not on sale.
    expect(await fault(answer(m.manager, id, { service: rival.service.slug }))).toBe('service.gone');
    await deps.db.write((tx) => tx.update(service).set({ status: 'paused' }).where(eq(service.id, m.service.id)));
    expect(await fault(answer(m.manager, id, { service: m.service.slug }))).toBe('service.gone');
    expect(await fault(answer(m.manager, id, { service: "'; --" }))).toBe('service.gone');
  });

  it('says what is wrong with it, and nothing is sent', async () => {
    const { deps, m, buyer, rival, ask, answer, letters } = await place();
    await deps.db.write((tx) => tx.update(centre).set({ organisationId: null }).where(eq(centre.id, rival.centreId)));
    expect(await fault(ask(buyer, { said: '', text: ' ' }))).toBe('text.needed');
    expect(await fault(ask(buyer, { text: '长'.repeat(2001) }))).toBe('text.too_long');
    expect(await fault(ask(buyer, { text: 'a\u0000' }))).toBe('text.bad_character');
    expect(await fault(ask(buyer, { quantity: 0 }))).toBe('quantity.out_of_range');
    expect(await fault(ask(buyer, { neededBy: '2020-01-01' }))).toBe('neededBy.past');
    expect(await fault(ask(buyer, { centres: [] }))).toBe('centres.needed');
    expect(await fault(ask(buyer, { centres: ['1', '2', '3', '4', '5', '6'] }))).toBe('centres.too_many');
    expect(await fault(ask(buyer, { centres: [m.centreId, rival.centreId] }))).toBe('centres.gone');
    expect(await letters('enquiry_received')).toEqual([]);
    const [id = ''] = await ask(buyer);
    expect(await fault(answer(m.manager, id, { price: '约三百' }))).toBe('price.unreadable');
    expect(await fault(answer(m.manager, id, { text: '' }))).toBe('text.needed');
    expect(await viewEnquiry(deps, m.manager, id)).toMatchObject({ state: 'open', answers: true });
  });

  it('waits in a bounded number, and no faster than a day allows', async () => {
    const { deps, m, buyer, ask } = await place();
    const row = { buyerId: buyer.organisationId, personId: buyer.personId, centreId: m.centreId, quantity: 1, createdAt: 0 };
    const rows = Array.from({ length: MOST_OPEN }, () => ({ ...row, id: newId(), once: newId() }));
    await deps.db.write((tx) => tx.insert(enquiry).values(rows));
    expect(await fault(ask(buyer))).toBe('centres.too_many_open');
    await withdrawEnquiry(deps, buyer, rows[0]?.id ?? '');
    await ask(buyer);
    await deps.db.write((tx) => tx.delete(enquiry));
    let refusedAs = '';
    for (let i = 0; i < 40 && refusedAs !== 'too_many_tries'; i++) refusedAs = await refusal(ask(buyer));
    expect(refusedAs).toBe('too_many_tries');
  });

  it('tells the others of the firm when who asked has left it', async () => {
    const { deps, m, buyer, ask, answer, letters } = await place();
    const [id = ''] = await ask(buyer);
    const personId = newId();
    await deps.db.write(async (tx) => {
      await tx.insert(person).values({ id: personId, email: 'stays@example.test', name: '留', passwordHash: '', createdAt: 0 });
      await tx.delete(membership).where(eq(membership.personId, buyer.personId));
      const { organisationId } = buyer;
      await tx.insert(membership).values({ id: newId(), personId, organisationId, role: 'owner', createdAt: 0 });
    });
    await answer(m.manager, id);
    expect(await letters('enquiry_answered')).toMatchObject([{ to: 'stays@example.test' }]);
  });

  it('goes on in messages, which name it', async () => {
    const { deps, m, buyer, ask } = await place();
    const [id = ''] = await ask(buyer);
    const store = {} as Parameters<typeof sendMessage>[0]['files'];
    const send = (who: Actor, text: string) =>
      sendMessage({ ...deps, files: store }, who, { about: { enquiry: id }, text, files: [], once: newId() });
    const at = await send(m.manager, '请补充型号');
    expect(await send(buyer, 'WZPB-1')).toBe(at);
    expect(await viewConversation(deps, buyer, { enquiry: id })).toMatchObject({ id: at, subject: { enquiryId: id, nameZh: SAID } });
    expect((await listConversations(deps, buyer)).conversations).toMatchObject([{ id: at, service: { nameZh: SAID }, unread: 1 }]);
  });
});
