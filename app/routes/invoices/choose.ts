import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given, readForm } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { chooseTitle } from '#app/modules/invoices/choose-title.server.ts';

const chooseForm = z.object({ title: given });

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const number = params.number ?? '';
  const read = readForm(await request.formData(), chooseForm);
  if ('faults' in read) throw new Problem('bad_request');
  await chooseTitle(services, actor, { number, title: read.input.title });
  return redirectTo(`/orders/${number}#invoice`);
});
