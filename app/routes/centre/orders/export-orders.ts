import Papa from 'papaparse';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { ORDER_TEXT_NAMES } from '#app/modules/orders/order-texts.ts';
import { exportCentreOrders } from '#app/read-models/export-centre-orders.server.ts';
import { INBOX_SORTS, INBOX_TABS } from '#app/read-models/list-centre-orders.server.ts';
import { dayTime } from '#app/ui/format.ts';
import { TEXT_WORDS } from '../../orders/text-words.ts';
import { requireCentre } from '../guard.server.ts';
import { progressName } from '../words.ts';

/** What the inbox shows, all pages of it, for a spreadsheet. */
export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const params = new URL(request.url).searchParams;
  const tab = INBOX_TABS.find((name) => name === params.get('tab'));
  const sort = INBOX_SORTS.find((name) => name === params.get('sort'));
  const words = (params.get('q') ?? '').trim().slice(0, 80);
  const rows = await exportCentreOrders(services, actor, { words, ...(tab && { tab }), ...(sort && { sort }) });
  const headings = [
    m.centre_column_order(),
    m.centre_export_buyer(),
    m.centre_column_service(),
    m.centre_export_quantity(),
    m.centre_column_state(),
    m.centre_column_start(),
    m.centre_export_end(),
    m.centre_export_gross(),
    ...ORDER_TEXT_NAMES.map((name) => TEXT_WORDS[name].name()),
  ];
  const lines = rows.map((row) => [
    row.number,
    pick(row.buyerZh, row.buyerEn),
    pick(row.serviceZh, row.serviceEn),
    row.quantity,
    progressName(row.progress, row),
    dayTime(row.startAt, { timeZone: row.timeZone }),
    dayTime(row.endAt, { timeZone: row.timeZone }),
    (row.gross / 100).toFixed(2),
    ...ORDER_TEXT_NAMES.map((name) => row.texts[name]),
  ]);
  // A mark of UTF-8 for spreadsheets; a name that begins like a formula is kept a text.
  return new Response(`\uFEFF${Papa.unparse([headings, ...lines], { escapeFormulae: true })}`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="orders.csv"',
      'Cache-Control': 'private, no-store',
    },
  });
});
