import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { referToFiles } from '#app/core/file-use.server.ts';
import { type CheckedFile, type FileStore, keepFile } from '#app/core/files.server.ts';
import { newId } from '#app/core/ids.server.ts';
import { enqueue } from '#app/core/outbox.server.ts';
import { Problem } from '#app/core/problem.ts';
import { organisationOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { countConversation, countMessage } from '#app/modules/identity/limits.server.ts';
import { membersOf } from '#app/modules/identity/members-of.server.ts';
import { can, requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { conversation, type MessageFile, type MessageSide, message, messageUnread } from '#db/schema/messages.ts';
import { type About, beginConversation, type Conversation, standingIn } from './conversation-row.server.ts';
import { filesFault, noticeFor, plainText, textFault } from './message-rules.ts';

export type MessageInput = {
  about: About;
  text: string;
  files: CheckedFile[];
  /** Of the form: the same text with the same files from one form is one message, however often it is sent. */
  once: string;
};

/**
 * Writes to the other side. Its members see it as unread, and those it concerns get a mail unless they read it before.
 * @returns the conversation's id
 * @throws Problem not_found for strangers; forbidden; invalid_form {field: text | files, reason}; too_many_tries
 */
export async function sendMessage(
  { files: store, ...deps }: Pick<Deps, 'db' | 'clock' | 'log'> & { files: FileStore },
  actor: Actor,
  { about, text: typed, files, once }: MessageInput,
): Promise<string> {
  requireRight(actor, 'message.write');
  const { db, clock } = deps;
  const before = await db.read((q) => standingIn(q, actor, about));
  const text = plainText(typed);
  refuseFor('text', textFault(text, files.length));
  refuseFor('files', filesFault(files.map(({ bytes }) => bytes.length)));
  await countMessage(deps, actor.personId);
  if (!before.conversation && before.parties.serviceId !== null) await countConversation(deps, actor.organisationId);
  const kept: MessageFile[] = [];
  for (const file of files)
    kept.push({ id: await keepFile({ db, clock, files: store }, file, actor), name: file.name, size: file.bytes.length });
  return db.write(async (tx) => {
    const now = clock();
    const { side, parties, ...found } = await standingIn(tx, actor, about);
    const at = found.conversation ?? (await beginConversation(tx, parties, now));
    const { organisationId, personId } = actor;
    const row = { id: newId(), conversationId: at.id, side, organisationId, personId, text, files: kept, createdAt: now };
    const [written] = await tx
      .insert(message)
      .values({ ...row, once: onceOf(personId, { once, text, files }) })
      .onConflictDoNothing()
      .returning({ id: message.id });
    if (!written) return at.id;
    await referToFiles(
      tx,
      { kind: 'message', id: row.id },
      kept.map(({ id }) => id),
    );
    await tx.update(conversation).set({ lastAt: now }).where(eq(conversation.id, at.id));
    await tellOtherSide(tx, at, { side, id: row.id }, now);
    return at.id;
  });
}

function refuseFor(field: string, reason: string | undefined): void {
  if (reason) throw new Problem('invalid_form', { field, reason });
}

function onceOf(personId: string, { once, text, files }: Omit<MessageInput, 'about'>): string {
  const hash = createHash('sha256').update(JSON.stringify([personId, once, text]));
  for (const { name, bytes } of files) hash.update(JSON.stringify([name, bytes.length])).update(bytes);
  return hash.digest('base64url');
}

async function tellOtherSide(tx: Queries, at: Conversation, sent: { side: MessageSide; id: string }, now: number): Promise<void> {
  const organisationKind = sent.side === 'buyer' ? 'centre' : 'sme';
  const organisationId = sent.side === 'buyer' ? await organisationOfCentre(tx, at.centreId) : at.buyerId;
  if (organisationId === null) return;
  for (const { id: personId, role } of await membersOf(tx, organisationId)) {
    if (!can({ organisationKind, role }, 'message.read')) continue;
    const first = { firstId: sent.id, firstAt: now };
    const [unread] = await tx
      .insert(messageUnread)
      .values({ personId, organisationId, conversationId: at.id, count: 1, ...first, lastId: sent.id })
      .onConflictDoUpdate({
        target: [messageUnread.personId, messageUnread.organisationId, messageUnread.conversationId],
        set: { count: sql`${messageUnread.count} + 1`, lastId: sent.id },
      })
      .returning({ firstId: messageUnread.firstId, firstAt: messageUnread.firstAt });
    const { firstId, firstAt } = unread ?? first;
    const notice = noticeFor(firstAt, now);
    await enqueue(
      tx,
      {
        topic: 'message_notice',
        payload: { conversationId: at.id, personId, organisationId },
        dedupeKey: `${firstId}:${personId}:${notice.day}`,
        at: notice.at,
      },
      now,
    );
  }
}

/** Whether somebody has written in it. */
export async function hasWritten(q: Queries, conversationId: string, personId: string): Promise<boolean> {
  const found = await q
    .select({ id: message.id })
    .from(message)
    .where(and(eq(message.conversationId, conversationId), eq(message.personId, personId)))
    .limit(1);
  return found.length > 0;
}
