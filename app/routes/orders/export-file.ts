import Papa from 'papaparse';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { DEFAULT_ZONE } from '#app/modules/scheduling/local-day.ts';
import { type ExportedOrder, exportBuyerOrders } from '#app/read-models/export-buyer-orders.server.ts';
import { isoDay, time } from '#app/ui/format.ts';
import { counted } from '../booking/words.ts';
import { askedOrders } from './asked.server.ts';
import { TEXT_WORDS } from './text-words.ts';
import { paymentName, progressName } from './words.ts';

/** What the list shows, all pages of it, for a spreadsheet. */
export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'sme'));
  const rows = await exportBuyerOrders(services, actor, askedOrders(new URL(request.url).searchParams).question);
  // A mark of UTF-8 for spreadsheets; what begins like a formula is kept a text.
  return new Response(`\uFEFF${Papa.unparse([headings(), ...rows.map(line)], { escapeFormulae: true })}`, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': `attachment; filename="orders-${isoDay(services.clock(), DEFAULT_ZONE)}.csv"`,
      'Cache-Control': 'private, no-store',
    },
  });
});

const headings = () => [
  m.order_export_number(),
  TEXT_WORDS.purchaseOrder.name(),
  m.order_export_ordered(),
  m.order_export_service(),
  m.order_export_centre(),
  m.order_export_quantity(),
  m.order_export_start(),
  m.order_export_end(),
  m.order_state(),
  m.order_export_payment(),
  m.order_export_net(),
  m.order_export_vat(),
  m.order_export_gross(),
  m.order_export_refunded(),
  m.order_export_instruments(),
];

const yuan = (cents: number) => (cents / 100).toFixed(2);
/** As a spreadsheet reads it: `2026-11-30 09:30`. */
const at = (ms: number, timeZone: string) => `${isoDay(ms, timeZone)} ${time(ms, { timeZone })}`;

const line = (order: ExportedOrder): string[] => [
  order.number,
  order.purchaseOrder,
  at(order.createdAt, DEFAULT_ZONE),
  pick(order.snapshot.nameZh, order.snapshot.nameEn),
  pick(order.centre.zh, order.centre.en),
  counted(order.snapshot.unit, order.quantity),
  at(order.startAt, order.timeZone),
  at(order.endAt, order.timeZone),
  progressName(order.progress, { family: order.snapshot.family, deliveryMode: order.deliveryMode }),
  paymentName(order.payment),
  yuan(order.net),
  yuan(order.vat),
  yuan(order.gross),
  yuan(order.refunded),
  order.items.map(({ name, maker, model, serial }) => [name, maker, model, serial].filter(Boolean).join(' ')).join('; '),
];
