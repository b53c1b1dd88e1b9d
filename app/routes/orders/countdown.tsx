import { useRevalidator } from '@remix-run/react';
import { useEffect, useRef, useState } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';

/** Minutes left at which a screen reader is told. */
const SPOKEN = [10, 5, 1];

/** Time left until an instant (UTC ms) by the server's clock; without a script the sentence beside it names the instant. */
export function Countdown({ until, now }: { until: number; now: number }) {
  const [left, setLeft] = useState<number | null>(null);
  const { revalidate } = useRevalidator();
  const again = useRef(revalidate);
  again.current = revalidate;
  useEffect(() => {
    const ahead = now - Date.now();
    const tick = () => {
      const rest = Math.max(0, until - Date.now() - ahead);
      setLeft(Math.ceil(rest / 1000));
      if (rest > 0) return;
      clearInterval(timer);
      again.current();
    };
    const timer = setInterval(tick, 1000);
    tick();
    return () => clearInterval(timer);
  }, [until, now]);
  if (left === null) return null;
  const minutes = Math.ceil(left / 60);
  const spoken = SPOKEN.findLast((mark) => minutes <= mark);
  return (
    <>
      <span className="text-[1.375rem] font-[650]" role="timer" aria-label={m.order_time_left()}>
        {Math.floor(left / 60)}:{String(left % 60).padStart(2, '0')}
      </span>
      <span className="visually-hidden" aria-live="polite">
        {spoken !== undefined && m.order_minutes_left({ minutes: spoken })}
      </span>
    </>
  );
}
