import * as m from '#app/i18n/paraglide/messages.js';

/** Minutes left at which a screen reader is told. */
const SPOKEN = [10, 5, 1];

/** Time left until an instant (UTC ms) by the server's clock (ui/enhance.js); without a script the sentence beside it names the instant. */
export function Countdown({ until, now }: { until: number; now: number }) {
  const spoken = Object.fromEntries(SPOKEN.map((minutes) => [minutes, m.order_minutes_left({ minutes })]));
  return (
    <>
      <span
        className="text-[1.375rem] font-[650]"
        role="timer"
        aria-label={m.order_time_left()}
        data-until={until}
        data-now={now}
        data-spoken={JSON.stringify(spoken)}
      />
      <span className="visually-hidden" aria-live="polite" />
    </>
  );
}
