import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, asc, eq } from 'drizzle-orm';
import { afterAll, describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { isFileUsed } from '#app/core/file-use.server.ts';
import { folderStore } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { drainOutbox } from '#app/core/outbox.server.ts';
import { mailUnread } from '#app/modules/messages/mail-unread.server.ts';
import { countUnread, markRead } from '#app/modules/messages/mark-read.server.ts';
import { readMessageFile } from '#app/modules/messages/read-file.server.ts';
import { type MessageInput, sendMessage } from '#app/modules/messages/send-message.server.ts';
import { listConversations } from '#app/read-models/list-conversations.server.ts';
import { viewConversation } from '#app/read-models/view-conversation.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import { membership, person, type Role } from '#db/schema/identity.ts';
import { message } from '#db/schema/messages.ts';
import { seedMarket } from '#tests/support/market.ts';
import { market, refusal } from '../orders/life-market.ts';

const folder = mkdtempSync(join(tmpdir(), 'hengji-messages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const PDF = { name: '图纸.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.7 图纸') };
const MINUTE = 60_000;

async function place() {
  const { deps: bare, m, buyer, other, pay, hold } = await market();
  const deps = { ...bare, files: folderStore(mkdtempSync(join(folder, 'f-'))) };
  const send = (who: Actor, about: MessageInput['about'], text = '您好', changes: Partial<MessageInput> = {}) =>
    sendMessage(deps, who, { about, text, files: [], once: newId(), ...changes });
  const unread = (who: Actor) => countUnread(deps, who.personId, who.organisationId);
  const read = async (who: Actor, id: string) => {
    const { newestId, side } = await viewConversation(deps, who, { conversation: id });
    await markRead(deps, who, { conversationId: id, side, upTo: newestId ?? '' });
  };
  const letters = async () => {
    await drainOutbox(deps, mailUnread(deps), 'test');
    const rows = await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')).orderBy(asc(outbox.id)));
    return rows
      .map(({ payload }) => payload as { kind: string; to: string; facts: { count: number } })
      .filter(({ kind }) => kind === 'message_waiting');
  };
  const colleague = async (of: Actor, role: Role): Promise<Actor> => {
    const personId = newId();
    await deps.db.write(async (tx) => {
      const who = { id: personId, email: `${personId}@example.test`, name: role, passwordHash: '', createdAt: deps.clock() };
      await tx.insert(person).values(who);
      await tx.insert(membership).values({ id: newId(), personId, organisationId: of.organisationId, role, createdAt: deps.clock() });
    });
    return { ...of, personId, role };
  };
  return { deps, m, buyer, other, pay, hold, send, unread, read, letters, colleague };
}

describe('messages about an order', () => {
  it('go both ways, are unread until they are seen, and say that they were', async () => {
    const { deps, m, buyer, hold, send, unread, read } = await place();
    const { number } = await hold();
    const id = await send(buyer, { order: number }, '量块可以周五送吗？');
    expect(await send(buyer, { order: number }, '一共 12 块')).toBe(id);
    expect([await unread(m.manager), await unread(m.technician), await unread(buyer)]).toEqual([2, 2, 0]);
    expect((await listConversations(deps, m.manager)).conversations).toMatchObject([{ id, number, unread: 2 }]);
    await read(m.manager, id);
    expect([await unread(m.manager), await unread(m.technician)]).toEqual([0, 2]);
    expect((await viewConversation(deps, buyer, { order: number })).messages.map(({ text, own, seen }) => [text, own, seen])).toEqual([
      ['量块可以周五送吗？', true, true],
      ['一共 12 块', true, true],
    ]);
    expect(await send(m.manager, { conversation: id }, '可以')).toBe(id);
    const seenByBuyer = await viewConversation(deps, buyer, { conversation: id });
    expect(seenByBuyer.messages.at(-1)).toMatchObject({ text: '可以', own: false, seen: false });
    expect(await unread(buyer)).toBe(1);
  });

  it('are nobody else’s: strangers find neither conversation nor file', async () => {
    const { deps, m, buyer, other, hold, send } = await place();
    const stranger = await seedMarket(deps.db);
    const { number } = await hold();
    const id = await send(buyer, { order: number }, '', { files: [PDF] });
    const [sent] = (await viewConversation(deps, m.manager, { conversation: id })).messages;
    const asked = { conversation: id, message: sent?.id ?? '', file: sent?.files[0]?.id ?? '' };
    for (const who of [buyer, m.technician]) expect((await readMessageFile(deps, who, asked)).name).toBe('图纸.pdf');
    expect(await deps.db.read((q) => isFileUsed(q, asked.file))).toBe(true);
    const strangers = [
      other,
      stranger.manager,
      { ...buyer, organisationKind: 'centre' as const, role: 'manager' as const },
      { ...m.manager, organisationKind: 'sme' as const, role: 'owner' as const },
      { ...m.manager, organisationKind: 'park' as const, role: 'administrator' as const },
    ];
    for (const who of strangers) {
      for (const about of [{ order: number }, { conversation: id }]) {
        expect(await refusal(viewConversation(deps, who, about))).toBe('not_found');
        expect(await refusal(send(who, about))).toBe('not_found');
      }
      expect(await refusal(readMessageFile(deps, who, asked))).toBe('not_found');
    }
    expect((await listConversations(deps, other)).conversations).toEqual([]);
    expect(await refusal(readMessageFile(deps, buyer, { ...asked, file: newId() }))).toBe('not_found');
    for (const odd of ['', '../x', "'", 'x'.repeat(200)]) {
      expect(await refusal(viewConversation(deps, buyer, { conversation: odd }))).toBe('not_found');
      expect(await refusal(readMessageFile(deps, buyer, { ...asked, message: odd }))).toBe('not_found');
    }
  });

  it('finance reads and does not write', async () => {
    const { deps, m, buyer, hold, send, colleague } = await place();
    const finance = await colleague(m.manager, 'finance');
    const { number } = await hold();
    await send(buyer, { order: number });
    expect((await viewConversation(deps, finance, { order: number })).writes).toBe(false);
    expect(await refusal(send(finance, { order: number }))).toBe('forbidden');
  });

  it('are one message however often the form is sent, and another one when it was changed', async () => {
    const { deps, buyer, hold, send } = await place();
    const { number } = await hold();
    const once = newId();
    const both = await Promise.all([1, 2, 3].map(() => send(buyer, { order: number }, '您好', { once })));
    expect(new Set(both).size).toBe(1);
    await send(buyer, { order: number }, '您好，再问一句', { once });
    await send(buyer, { order: number }, '您好', { once, files: [PDF] });
    expect((await viewConversation(deps, buyer, { order: number })).messages).toHaveLength(3);
  });

  it('refuse what is too long, empty, too much or too fast, and keep the rest', async () => {
    const { deps, buyer, hold, send } = await place();
    const { number } = await hold();
    await expect(send(buyer, { order: number }, ' \r\n ')).rejects.toMatchObject({ facts: { field: 'text', reason: 'needed' } });
    await expect(send(buyer, { order: number }, '长'.repeat(2_001))).rejects.toMatchObject({
      facts: { field: 'text', reason: 'too_long' },
    });
    await expect(send(buyer, { order: number }, 'x', { files: Array(6).fill(PDF) })).rejects.toMatchObject({
      facts: { field: 'files', reason: 'too_many' },
    });
    for (let i = 0; i < 60; i++) await send(buyer, { order: number }, `第 ${i} 条`);
    expect(await refusal(send(buyer, { order: number }))).toBe('too_many_tries');
    expect(await deps.db.read((q) => q.$count(message))).toBe(60);
  });

  it('show the newest, and the older ones on demand, each once', async () => {
    const { deps, m, buyer, hold, send } = await place();
    const { number } = await hold();
    const id = await send(buyer, { order: number }, '0');
    const row = {
      conversationId: id,
      side: 'centre' as const,
      organisationId: m.manager.organisationId,
      personId: m.manager.personId,
      files: [],
    };
    await deps.db.write(async (tx) => {
      for (let i = 1; i < 70; i++) await tx.insert(message).values({ ...row, id: newId(), text: String(i), once: String(i), createdAt: i });
    });
    const seen: string[] = [];
    for (let before: string | undefined; ; ) {
      const { messages, older } = await viewConversation(deps, buyer, { conversation: id }, before);
      seen.unshift(...messages.map(({ text }) => text));
      if (older === null) break;
      before = older;
    }
    expect(seen).toEqual(Array.from({ length: 70 }, (_, i) => String(i)));
  });
});

describe('letters about messages', () => {
  it('wait for the next lines, say how many there are, and are not written to who has read them', async () => {
    const { deps, m, buyer, hold, send, read, letters, colleague } = await place();
    const scheduler = await colleague(m.manager, 'scheduler');
    const { number } = await hold();
    const id = await send(buyer, { order: number }, '一');
    await send(buyer, { order: number }, '二');
    deps.time.now += 9 * MINUTE;
    expect(await letters()).toEqual([]);
    await read(scheduler, id);
    deps.time.now += 2 * MINUTE;
    // The technician, who decides nothing and has not written, gets none.
    const first = await letters();
    expect(first.map(({ facts }) => facts.count)).toEqual([2]);
    await send(buyer, { order: number }, '三');
    deps.time.now += 11 * MINUTE;
    expect((await letters()).map(({ facts }) => facts.count)).toEqual([2, 1]);
    deps.time.now += 24 * 60 * MINUTE;
    await send(buyer, { order: number }, '四');
    deps.time.now += 11 * MINUTE;
    expect(await letters()).toHaveLength(4);
  });

  it('are not written to who has left', async () => {
    const { deps, m, buyer, hold, send, letters } = await place();
    const { number } = await hold();
    await send(buyer, { order: number });
    await deps.db.write((tx) =>
      tx
        .delete(membership)
        .where(and(eq(membership.personId, m.manager.personId), eq(membership.organisationId, m.manager.organisationId))),
    );
    deps.time.now += 11 * MINUTE;
    expect(await letters()).toEqual([]);
  });
});

describe('messages about a service', () => {
  it('are one conversation a firm, which stays when the service is paused or taken off sale', async () => {
    const { deps, m, buyer, other, send } = await place();
    const about = { service: m.service.slug };
    const id = await send(buyer, about, '能测 0–25 mm 吗？');
    expect(await send(other, about)).not.toBe(id);
    expect(await refusal(send(m.manager, about))).toBe('not_found');
    await send(m.manager, { conversation: id }, '能');
    for (const status of ['paused', 'draft'] as const) {
      await deps.db.write((tx) => tx.update(service).set({ status }).where(eq(service.id, m.service.id)));
      const view = await viewConversation(deps, buyer, about);
      expect(view).toMatchObject({ id, subject: { onSale: false } });
      expect(view.messages[0]?.text).toBe('能测 0–25 mm 吗？');
      expect(await send(buyer, about, '还做吗？')).toBe(id);
    }
    const third = (await seedMarket(deps.db)).buyers[0] as Actor;
    expect(await refusal(send(third, about))).toBe('not_found');
    expect(await refusal(send(third, { service: 'nothing-there' }))).toBe('not_found');
  });

  it('two people of a firm who begin at once begin one conversation', async () => {
    const { m, buyer, send, colleague } = await place();
    const second = await colleague(buyer, 'member');
    const ids = await Promise.all([buyer, second, buyer].map((who) => send(who, { service: m.service.slug })));
    expect(new Set(ids).size).toBe(1);
  });
});

it('the telephone of a centre is told once the order is confirmed, and to its buyer', async () => {
  const { deps, m, buyer, pay, hold, send } = await place();
  await deps.db.write((tx) => tx.update(centre).set({ phone: '0512-6288 1234' }).where(eq(centre.id, m.centreId)));
  const { id, number } = await hold();
  await send(buyer, { order: number });
  expect((await viewOrder(deps, buyer, number)).phone).toBe('');
  expect((await viewConversation(deps, buyer, { order: number })).phone).toBe('');
  await pay(id);
  expect((await viewOrder(deps, buyer, number)).phone).toBe('0512-6288 1234');
  expect((await viewConversation(deps, buyer, { order: number })).phone).toBe('0512-6288 1234');
});
