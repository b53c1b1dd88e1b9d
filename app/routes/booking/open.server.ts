import { actorOf } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { isProblem } from '#app/core/problem.ts';
import type { Services } from '#app/http/services.server.ts';
import { pick } from '#app/i18n/locale.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { viewOrder } from '#app/modules/orders/view-order.server.ts';
import { dayOf, isoDay, mondayOf } from '#app/modules/scheduling/local-day.ts';
import { viewFor } from './answer.server.ts';
import { EMPTY_ROW, type Row, typedFromAddress } from './typed.ts';

/** The page as an address opens it: a chosen time shows its week, what is to be measured is named as the service names it. */
export async function openBooking(services: Services, viewer: Viewer | null, slug: string, params: URLSearchParams) {
  const typed = typedFromAddress(params, newId(), { ...EMPTY_ROW });
  const { view, typed: kept } = await viewFor(services, slug, viewer, typed);
  if (view.kind === 'paused') return { view, typed: kept };
  const { instrumentZh, instrumentEn } = view.service;
  kept.rows = [{ ...EMPTY_ROW, name: pick(instrumentZh, instrumentEn) }];
  const again = params.get('again');
  if (again) kept.rows = (await rowsOf(services, viewer, again)) ?? kept.rows;
  kept.quantity = String(view.quantity);
  if (kept.startAt === null || params.has('week')) return { view, typed: kept };
  const week = isoDay(mondayOf(dayOf(view.week.zone, kept.startAt)));
  // Somebody else may have been faster while this one signed in.
  const gone = { code: 'start_gone' as const };
  const around = week === view.week.days[0]?.day ? { view, typed: kept } : await viewFor(services, slug, viewer, { ...kept, week });
  if (around.view.kind === 'paused') return around;
  const free = around.view.week.days.some((day) => day.starts.some((start) => start.at === kept.startAt));
  return free ? around : { ...around, typed: { ...around.typed, startAt: null }, refusal: gone };
}

/** The instruments of an earlier order, its pieces gathered by kind; nothing for who was no party to it. */
async function rowsOf(services: Services, viewer: Viewer | null, number: string): Promise<Row[] | undefined> {
  if (!viewer?.organisation || !viewer.role) return undefined;
  try {
    const actor = actorOf({ person: viewer.person, organisation: viewer.organisation, role: viewer.role });
    const { items } = await viewOrder(services, actor, number);
    const kinds = Map.groupBy(items, ({ name, maker, model }) => JSON.stringify([name, maker, model]));
    const rows = [...kinds.values()].flatMap((pieces) => {
      const [first] = pieces;
      const serials = pieces.map((piece) => piece.serial).filter(Boolean);
      return first ? [{ name: first.name, maker: first.maker, model: first.model, serials: serials.join('\n') }] : [];
    });
    return rows.length > 0 ? rows : undefined;
  } catch (error) {
    if (isProblem(error)) return undefined;
    throw error;
  }
}
