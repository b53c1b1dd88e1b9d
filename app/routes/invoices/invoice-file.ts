import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { readInvoiceFile } from '#app/modules/invoices/read-invoice-file.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, ['sme', 'centre']));
  const { number = '', file = '' } = params;
  return fileAnswer(await readInvoiceFile(services, actor, { number, file }));
});
