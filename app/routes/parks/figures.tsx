import type { ReactNode } from 'react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { type HourKind, idle, utilization } from '#app/modules/parks/utilization.ts';
import { GAP, integer, percent } from '#app/ui/format.ts';

export const hours = (minutes: number) => `${integer(Math.round(minutes / 60))}${GAP}h`;

export const KIND_NAMES: Record<HourKind, () => string> = {
  equipment: m.parks_kind_equipment,
  people: m.parks_kind_people,
  seats: m.parks_kind_seats,
};

type Total = { open: number; booked: number; used: number };

/** One kind of hour: what it comes to, and against the period before where there is one. */
export function Figures({ kind, total, change }: { kind: HourKind; total: Total; change: number | null }) {
  const share = utilization(total);
  return (
    <section className="grid gap-2" aria-label={m.parks_total_of({ kind: KIND_NAMES[kind]() })}>
      <h2>{KIND_NAMES[kind]()}</h2>
      <div className="kpis">
        <Kpi
          name={m.parks_utilization()}
          value={share === null ? '–' : percent(share)}
          note={
            change === null
              ? m.parks_no_comparison()
              : m.parks_points({ change: `${change < 0 ? '−' : '+'}${Math.abs(change).toFixed(1)}` })
          }
          tone={change !== null && change > 0 ? 'text-ok' : 'muted'}
        />
        <Kpi name={m.parks_open_hours()} value={hours(total.open)} note={m.parks_open_note()} />
        <Kpi name={m.parks_booked_hours()} value={hours(total.booked)} note={m.parks_of_which_used({ hours: hours(total.used) })} />
        <Kpi name={m.parks_idle_hours()} value={hours(idle(total))} note={m.parks_idle_note()} />
      </div>
    </section>
  );
}

type Ranked = { id: string; nameZh: string; nameEn: string; centreZh: string; centreEn: string; total: Total };

/** Who idles most, first. */
export function Ranking({ kind, pools }: { kind: HourKind; pools: Ranked[] }) {
  if (pools.length === 0) return null;
  return (
    <>
      <h3>{KIND_NAMES[kind]()}</h3>
      <ol className="grid list-decimal gap-1.5 pl-6">
        {pools.map(({ id, nameZh, nameEn, centreZh, centreEn, total }) => (
          <li key={id}>
            <span className="flex flex-wrap justify-between gap-x-4">
              <span>
                {pick(nameZh, nameEn)} <span className="tiny">{pick(centreZh, centreEn)}</span>
              </span>
              <span className="num">{m.parks_rank_idle({ idle: hours(idle(total)), open: hours(total.open) })}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Kpi({ name, value, note, tone = 'muted' }: { name: string; value: string; note: string; tone?: string }) {
  return (
    <div className="card kpi">
      <span className="muted text-[.9375rem]">{name}</span>
      <b>{value}</b>
      <span className={`text-[.8125rem] ${tone}`}>{note}</span>
    </div>
  );
}

export function Row({
  name,
  minutes,
  strong,
}: {
  name: ReactNode;
  minutes: { open: number; booked: number; used: number };
  strong?: boolean;
}) {
  const share = utilization(minutes);
  return (
    <tr className={strong ? 'font-semibold' : undefined}>
      <td className={strong ? undefined : 'md:pl-8!'}>{name}</td>
      <td className="r" data-label={m.parks_open_hours()}>
        {hours(minutes.open)}
      </td>
      <td className="r" data-label={m.parks_booked_hours()}>
        {hours(minutes.booked)}
      </td>
      <td className="r" data-label={m.parks_used_hours()}>
        {hours(minutes.used)}
      </td>
      <td className="r" data-label={m.parks_idle_hours()}>
        {hours(idle(minutes))}
      </td>
      <td className="r" data-label={m.parks_utilization()}>
        {share === null ? '–' : percent(share)}
      </td>
    </tr>
  );
}
