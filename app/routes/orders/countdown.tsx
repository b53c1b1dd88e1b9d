import { useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { dayTime } from '#app/ui/format.ts';

const MINUTE = 60_000;

/** How long the slot is still held. Without script the end stands there by itself; with it the minutes run, and the page is asked again when they are over. */
export function Countdown({ until, timeZone }: { until: number; timeZone: string }) {
  const [now, setNow] = useState<number | null>(null);
  const { revalidate } = useRevalidator();
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  const over = now !== null && now >= until;
  useEffect(() => {
    if (over) revalidate();
  }, [over, revalidate]);
  const left = now === null ? null : Math.max(0, until - now);
  const clock = left === null ? '' : `${Math.floor(left / MINUTE)}:${String(Math.floor((left % MINUTE) / 1000)).padStart(2, '0')}`;
  return (
    <p className="text-warn">
      {m.order_hold_until({ when: dayTime(until, { timeZone }) })}
      {/* Read out once a minute at most: seconds would drown everything else. */}
      {left !== null && left < 24 * 60 * MINUTE && (
        <b className="ml-2" role="timer" aria-live="off">
          {clock}
        </b>
      )}
    </p>
  );
}
