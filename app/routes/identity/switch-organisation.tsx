import { z } from 'zod';
import { given, readForm } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { requireViewer } from '#app/modules/identity/guards.server.ts';
import { switchOrganisation } from '#app/modules/identity/switch-organisation.server.ts';

const switchForm = z.object({ organisation: given });

export const loader = serve(async () => {
  throw redirectTo('/account');
});

export const action = serve(async ({ request, services }) => {
  const viewer = await requireViewer(services, request);
  const read = readForm(await request.formData(), switchForm);
  if ('faults' in read) throw new Problem('bad_request');
  await switchOrganisation(services, viewer, read.input.organisation);
  throw redirectTo('/start');
});
