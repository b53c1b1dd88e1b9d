import { z } from 'zod';
import { choice, readForm } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { askForNewPasskey, askForPasskey } from '#app/modules/identity/ask-passkey.server.ts';
import { getAsked } from '#app/modules/identity/guards.server.ts';

const purposeForm = z.object({ purpose: choice(['show', 'add']) });

/** What a passkey is to sign, for the script of the pages that ask for one (ui/passkey.js): JSON, for this session alone. */
export const action = serve(async ({ request, services }) => {
  const asked = await getAsked(services, request);
  if (!asked) throw new Problem('not_found');
  const read = readForm(await request.formData(), purposeForm);
  const purpose = 'input' in read ? read.input.purpose : undefined;
  // Before the last step of signing in, one may be shown, none added.
  if (purpose === 'show') return Response.json(await askForPasskey(services, asked.viewer));
  if (purpose === 'add' && asked.lacks !== 'code') return Response.json(await askForNewPasskey(services, asked.viewer));
  throw new Problem('bad_request');
});
