import { and, eq, lt, lte, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { prepare, sumOf } from '#db/queries.ts';
import { conversation, type MessageSide, messageUnread } from '#db/schema/messages.ts';

/** Somebody has seen a conversation up to a message: what came after it stays unread. Writes only when there is something to mark. */
export async function markRead(
  { db }: Pick<Deps, 'db'>,
  { personId, organisationId }: Actor,
  { conversationId, side, upTo }: { conversationId: string; side: MessageSide; upTo: string },
): Promise<void> {
  const unread = await db.read((q) =>
    prepare(q, 'messages_unread_here', (p) =>
      p
        .select({ lastId: messageUnread.lastId })
        .from(messageUnread)
        .where(
          and(
            eq(messageUnread.personId, sql.placeholder('personId')),
            eq(messageUnread.organisationId, sql.placeholder('organisationId')),
            eq(messageUnread.conversationId, sql.placeholder('conversationId')),
          ),
        ),
    ).execute({ personId, organisationId, conversationId }),
  );
  if (unread.length === 0) return;
  const mine = and(
    eq(messageUnread.personId, personId),
    eq(messageUnread.organisationId, organisationId),
    eq(messageUnread.conversationId, conversationId),
  );
  await db.write(async (tx) => {
    await tx.delete(messageUnread).where(and(mine, lte(messageUnread.lastId, upTo)));
    const column = side === 'buyer' ? conversation.readByBuyer : conversation.readByCentre;
    await tx
      .update(conversation)
      .set(side === 'buyer' ? { readByBuyer: upTo } : { readByCentre: upTo })
      .where(and(eq(conversation.id, conversationId), lt(column, upTo)));
  });
}

/** How many messages to the person's organisation they have not seen: by one statement, for every page. */
export async function countUnread({ db }: Pick<Deps, 'db'>, personId: string, organisationId: string): Promise<number> {
  const [found] = await db.read((q) =>
    prepare(q, 'messages_unread', (p) =>
      p
        .select({ count: sumOf(messageUnread.count) })
        .from(messageUnread)
        .where(
          and(eq(messageUnread.personId, sql.placeholder('personId')), eq(messageUnread.organisationId, sql.placeholder('organisationId'))),
        ),
    ).execute({ personId, organisationId }),
  );
  return found?.count ?? 0;
}
