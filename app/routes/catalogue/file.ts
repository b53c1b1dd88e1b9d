import { readShown } from '#app/core/files.server.ts';
import { serve } from '#app/http/route.server.ts';
import { fileAnswer } from '#app/http/stored-file.server.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';

/** A file by its address: one of something on sale for everybody, any other for its own organisation. */
export const loader = serve(async ({ request, params, services }) => {
  const viewer = await getViewer(services, request);
  return fileAnswer(await readShown(services, viewer?.organisation?.id ?? null, params.id ?? ''));
});
