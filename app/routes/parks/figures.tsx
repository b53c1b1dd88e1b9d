import type { ReactNode } from 'react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { type HourKind, idle, utilization } from '#app/modules/parks/utilization.ts';
import { decimal, GAP, integer, percent } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { hoursAddress } from './hours-address.ts';

export const hours = (minutes: number) => `${integer(Math.round(minutes / 60))}${GAP}h`;

/** As it is, where the hours of single orders are shown. */
export const exactHours = (minutes: number) => `${decimal(minutes / 60)}${GAP}h`;

export const KIND_NAMES: Record<HourKind, () => string> = {
  equipment: m.parks_kind_equipment,
  people: m.parks_kind_people,
  seats: m.parks_kind_seats,
};

type Total = { open: number; booked: number; used: number };
/** The period that is looked at. */
type Shown = { span: number; back: number };

/** One kind of hour: what it comes to, and against the period before where there is one. */
export function Figures({ kind, total, change, period }: { kind: HourKind; total: Total; change: number | null; period: Shown }) {
  const share = utilization(total);
  const days = hoursAddress({ ...period, of: kind });
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
        <Kpi name={m.parks_open_hours()} value={hours(total.open)} to={days} note={m.parks_open_note()} />
        <Kpi
          name={m.parks_booked_hours()}
          value={hours(total.booked)}
          to={hoursAddress({ ...period, of: kind, view: 'orders' })}
          note={m.parks_of_which_used({ hours: hours(total.used) })}
        />
        <Kpi name={m.parks_idle_hours()} value={hours(idle(total))} to={days} note={m.parks_idle_note()} />
      </div>
    </section>
  );
}

type Ranked = { id: string; nameZh: string; nameEn: string; centreZh: string; centreEn: string; total: Total };

/** Who idles most, first. */
export function Ranking({ kind, pools, period }: { kind: HourKind; pools: Ranked[]; period: Shown }) {
  if (pools.length === 0) return null;
  return (
    <>
      <h3>{KIND_NAMES[kind]()}</h3>
      <ol className="grid list-decimal gap-1.5 pl-6">
        {pools.map(({ id, nameZh, nameEn, centreZh, centreEn, total }) => (
          <li key={id}>
            <span className="flex flex-wrap justify-between gap-x-4">
              <span>
                <A to={hoursAddress({ ...period, of: id })} className="link">
                  {pick(nameZh, nameEn)}
                </A>{' '}
                <span className="tiny">{pick(centreZh, centreEn)}</span>
              </span>
              <span className="num">{m.parks_rank_idle({ idle: hours(idle(total)), open: hours(total.open) })}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

function Kpi({ name, value, note, to, tone = 'muted' }: { name: string; value: string; note: string; to?: string; tone?: string }) {
  return (
    <div className="card kpi">
      <span className="muted text-[.9375rem]">{name}</span>
      <b>
        {to ? (
          <A to={to} className="underline decoration-1 underline-offset-4" aria-label={`${name} ${value}`}>
            {value}
          </A>
        ) : (
          value
        )}
      </b>
      <span className={`text-[.8125rem] ${tone}`}>{note}</span>
    </div>
  );
}

interface RowProps {
  name: ReactNode;
  minutes: Total;
  strong?: boolean;
  /** Not rounded to whole hours: of a day. */
  exact?: boolean;
}

export function Row({ name, minutes, strong, exact }: RowProps) {
  const share = utilization(minutes);
  const shown = exact ? exactHours : hours;
  return (
    <tr className={strong ? 'font-semibold' : undefined}>
      <td className={strong ? undefined : 'md:pl-8!'}>{name}</td>
      <td className="r" data-label={m.parks_open_hours()}>
        {shown(minutes.open)}
      </td>
      <td className="r" data-label={m.parks_booked_hours()}>
        {shown(minutes.booked)}
      </td>
      <td className="r" data-label={m.parks_used_hours()}>
        {shown(minutes.used)}
      </td>
      <td className="r" data-label={m.parks_idle_hours()}>
        {shown(idle(minutes))}
      </td>
      <td className="r" data-label={m.parks_utilization()}>
        {share === null ? '–' : percent(share)}
      </td>
    </tr>
  );
}

/** The columns of `Row`. */
export const HoursHead = ({ first }: { first: string }) => (
  <thead>
    <tr>
      <th scope="col">{first}</th>
      {[m.parks_open_hours, m.parks_booked_hours, m.parks_used_hours, m.parks_idle_hours, m.parks_utilization].map((name) => (
        <th key={name()} scope="col" className="r">
          {name()}
        </th>
      ))}
    </tr>
  </thead>
);
