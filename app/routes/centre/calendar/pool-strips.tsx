import type { CSSProperties } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import { Drawn } from '#app/ui/page.tsx';
import type { CalendarView } from './calendar.server.ts';
import { dayWidth, type StripPool } from './week.ts';

/** What is pressed is at least so wide, px (WCAG 2.5.8). */
const PRESSED = 24;

/** A day alone is so wide that its shortest booking can be pressed; a week is a view of the whole, and the list below leads to short ones. */
function widthOf({ hours, resources }: StripPool, days: number): number {
  const least = dayWidth(hours, days);
  if (days > 1) return least;
  const shortest = Math.min(100, ...resources.flatMap((one) => one.days.flatMap((day) => day.blocks.map((block) => block.width))));
  return Math.max(least, Math.ceil((PRESSED * 100) / shortest) + 1);
}

/** One pool: a row per resource, a strip per day; open hours light, bookings on them. With `drags` what the script needs to drag them. */
export function PoolStrips({ pool, days, drags }: { pool: StripPool; days: CalendarView['days']; drags: boolean }) {
  const { from, until } = pool.hours;
  const width = widthOf(pool, days.length);
  const columns: CSSProperties & { '--hours': number } = {
    '--hours': until - from,
    gridTemplateColumns: `minmax(72px, min(148px, 28vw)) repeat(${days.length}, minmax(${width}px, 1fr))`,
  };
  return (
    <section className="card pad grid gap-2">
      <h2 className="flex flex-wrap items-baseline gap-x-3">
        {pool.name}
        <span className="tiny">{m.centre_strip_hours({ from: `${from}:00`, until: `${until}:00` })}</span>
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard */}
      <section className="scroll" tabIndex={0} aria-label={pool.name}>
        <div className="strips" style={columns} data-from={drags ? from : undefined} data-grid={drags ? pool.gridMinutes : undefined}>
          <span />
          {days.map((day) => (
            <b key={day.iso} data-day={drags ? day.iso : undefined} aria-current={day.today ? 'date' : undefined}>
              {day.name}
              {day.note && <small>{day.note}</small>}
            </b>
          ))}
          <Drawn markup={[pool.hourRow]} />
          {pool.resources.map((resource) => (
            <StripRow key={resource.id} resource={resource} days={days} drags={drags} pressed={(PRESSED * 100) / width} />
          ))}
        </div>
      </section>
    </section>
  );
}

type Row = { resource: StripPool['resources'][number]; days: CalendarView['days']; drags: boolean; pressed: number };

/** `pressed`: percent of a strip that can be pressed. What is shorter is passed over by the keyboard, which has it in the list below. */
function StripRow({ resource, days, drags, pressed }: Row) {
  return (
    <>
      <span className="strip-name" data-resource={drags ? resource.id : undefined}>
        {resource.name}
      </span>
      {resource.days.map((day, i) => (
        <span key={days[i]?.iso} className="strip">
          {day.open.map(({ left, width }) => (
            <i key={left} style={{ left: `${left}%`, width: `${width}%` }} />
          ))}
          {day.shut.map(({ left, width, title }) => (
            <i key={`shut${left}`} className="shut" title={title} style={{ left: `${left}%`, width: `${width}%` }} />
          ))}
          {day.blocks.map((block) => {
            const at = { left: `${block.left}%`, width: `${block.width}%` };
            return block.number ? (
              <A
                key={block.id + block.left}
                to={`/centre/orders/${block.number}`}
                title={block.title}
                aria-label={block.title}
                className={block.progress}
                tabIndex={block.width < pressed ? -1 : undefined}
                data-version={drags ? block.moves?.version : undefined}
                data-start={drags ? block.moves?.start : undefined}
                style={at}
              >
                {block.text}
              </A>
            ) : (
              <b key={block.id + block.left} title={block.title} style={at}>
                {block.text}
              </b>
            );
          })}
        </span>
      ))}
    </>
  );
}

/** The same bookings in words: a block of half an hour is too narrow to press. */
export function BookingList({ bookings }: { bookings: CalendarView['bookings'] }) {
  if (bookings.length === 0) return null;
  return (
    <details className="card pad">
      <summary className="min-h-6 cursor-pointer font-semibold">{m.centre_bookings_list({ count: bookings.length })}</summary>
      <ul className="mt-2 grid text-[.9375rem]">
        {bookings.map(({ id, number, name, text }) => (
          <li key={id}>
            {number ? (
              <A to={`/centre/orders/${number}`} className="link num inline-flex min-h-8 items-center">
                {number}
              </A>
            ) : (
              <span className="inline-flex min-h-8 items-center font-semibold">{name}</span>
            )}{' '}
            {text}
          </li>
        ))}
      </ul>
    </details>
  );
}
