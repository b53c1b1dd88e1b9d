import { actorOf } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { exportPrices } from '#app/modules/catalogue/prices/export-prices.server.ts';
import { requireCentre } from '../guard.server.ts';
import { priceWords } from './price-words.ts';

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const { format } = params;
  if (format !== 'xlsx' && format !== 'csv') throw new Problem('not_found');
  const { name, bytes } = await exportPrices(services, actorOf(member), format, priceWords);
  return new Response(bytes as Uint8Array<ArrayBuffer>, {
    headers: {
      'Content-Type': TYPES[format],
      'Content-Disposition': `attachment; filename="${name}"`,
      'Cache-Control': 'private, no-store',
    },
  });
});
