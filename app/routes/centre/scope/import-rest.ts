import { actorOf } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { printRejected } from '#app/modules/capability/import/print-rejected.server.ts';
import { requireCentre } from '../guard.server.ts';
import { noteText, STATES } from './scope-words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const printed = await printRejected(services, actorOf(member), params.id ?? '', {
    sheet: m.workbench_rest_sheet(),
    line: m.workbench_rest_line(),
    result: m.workbench_rest_result(),
    reasons: m.workbench_rest_reasons(),
    resultOf: ({ state }) => STATES[state].name(),
    reasonsOf: ({ notes }) => notes.map(noteText).join('; '),
  });
  if (!printed) throw new Problem('not_found');
  return new Response(printed.csv, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="${printed.name}"`,
      'Cache-Control': 'private, no-store',
    },
  });
});
