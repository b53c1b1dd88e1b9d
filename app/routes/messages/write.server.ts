import { z } from 'zod';
import type { Actor } from '#app/core/actor.ts';
import { checkFile } from '#app/core/files.server.ts';
import { filesIn, given } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import type { About } from '#app/modules/messages/conversation-row.server.ts';
import { sendMessage } from '#app/modules/messages/send-message.server.ts';

const messageForm = z.object({ text: given, once: given });

/** What is written in a conversation, or to begin one; it is shown there afterwards. */
export const writeMessage = (services: Services, actor: Actor, request: Request, about: About) =>
  answerForm(request, messageForm, async ({ text, once }, form) => {
    const id = await sendMessage(services, actor, { about, text, once, files: await checked(form) });
    services.wake();
    throw redirectTo(`/messages/${id}?sent=1#latest`);
  });

/** What was chosen, each looked at. @throws Problem invalid_form {field: files} */
async function checked(form: FormData) {
  const files = [];
  for (const one of filesIn(form, 'files')) {
    const file = checkFile(one.name, new Uint8Array(await one.arrayBuffer()));
    if ('fault' in file) throw new Problem('invalid_form', { field: 'files', reason: file.fault });
    files.push(file);
  }
  return files;
}
