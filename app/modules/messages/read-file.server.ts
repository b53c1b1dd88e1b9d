import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, readStored } from '#app/core/files.server.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { message } from '#db/schema/messages.ts';
import { standingIn } from './conversation-row.server.ts';

/** A file of a message, for both sides. @throws Problem not_found for everybody else */
export async function readMessageFile(
  deps: Pick<Deps, 'db'> & { files: FileStore },
  actor: Actor,
  asked: { conversation: string; message: string; file: string },
): Promise<CheckedFile> {
  requireRight(actor, 'message.read');
  const found = await deps.db.read(async (q) => {
    const { conversation } = await standingIn(q, actor, { conversation: asked.conversation });
    const [row] = await q
      .select({ organisationId: message.organisationId, files: message.files })
      .from(message)
      .where(and(eq(message.id, asId(asked.message)), eq(message.conversationId, conversation?.id ?? '')));
    return row;
  });
  if (!found?.files.some(({ id }) => id === asked.file)) throw new Problem('not_found');
  return readStored(deps, found.organisationId, asked.file);
}
