import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Tab } from '#app/read-models/list-buyer-orders.server.ts';
import { TextField } from '#app/ui/form.tsx';
import { integer, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { type Asked, listAddress, type WrongDate } from './list-address.ts';
import { tabName } from './words.ts';

const said = (wrong: WrongDate | undefined) =>
  wrong && [wrong === 'crossed' ? m.order_search_dates_crossed() : m.order_search_date_invalid()];

export type OrderHeadView = { asked: Asked; tabs: readonly Tab[]; counts: Record<Tab, number> };

/** What stands above the list; without a hook, so that it can be kept (drawn-order.server.tsx). */
export function OrderHead({ asked, tabs, counts }: OrderHeadView) {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  return (
    <>
      <OrderSearch asked={asked} />
      <nav className="flex flex-wrap gap-2" aria-label={m.order_tabs()}>
        <TabLink to={listAddress({ ...asked, tab: null })} name={tabName('all')} count={total} current={asked.tab === null} />
        {tabs.map((name) => (
          <TabLink
            key={name}
            to={listAddress({ ...asked, tab: name })}
            name={tabName(name)}
            count={counts[name]}
            current={asked.tab === name}
          />
        ))}
      </nav>
    </>
  );
}

/** Words and days the buyer's orders are looked for by. */
function OrderSearch({ asked: { tab, words, typed, wrong } }: { asked: Asked }) {
  const filtered = Boolean(words || typed.from || typed.until);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the element is not known to every browser that is still used
    <form method="get" action={localePath('/orders')} role="search" className="flex flex-wrap items-start gap-3">
      {tab && <input type="hidden" name="tab" value={tab} />}
      <TextField
        className="min-w-0 flex-1 basis-72"
        label={m.order_search_label()}
        type="search"
        id="q"
        name="q"
        maxLength={80}
        defaultValue={words}
      />
      <details className="phone-fold min-w-0 basis-full min-[940px]:basis-88" open={Boolean(typed.from || typed.until)}>
        <summary className="btn small quiet">{m.order_search_dates()}</summary>
        <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,10rem),1fr))] gap-3">
          <TextField
            className="min-w-0"
            label={m.order_search_from()}
            type="date"
            id="from"
            name="from"
            defaultValue={typed.from}
            errors={said(wrong.from)}
          />
          <TextField
            className="min-w-0"
            label={m.order_search_until()}
            type="date"
            id="until"
            name="until"
            defaultValue={typed.until}
            errors={said(wrong.until)}
          />
        </div>
      </details>
      <div className="flex items-center gap-2 min-[940px]:mt-7">
        <button type="submit" className="btn">
          {m.order_search_go()}
        </button>
        {filtered && (
          <A to={tab ? `/orders?tab=${tab}` : '/orders'} className="btn quiet">
            {m.order_search_clear()}
          </A>
        )}
      </div>
    </form>
  );
}

type Sums = Record<'shown' | 'ended', { count: number; gross: number }>;

/** How many there are and what they come to: what came to nothing is counted apart. */
export function OrderSum({ sums: { shown, ended } }: { sums: Sums }) {
  if (shown.count === 0) return <p className="muted">{m.order_sum_ended({ count: ended.count })}</p>;
  return (
    <p className="muted">
      {m.order_sum({ count: shown.count, sum: money(shown.gross) })}
      {ended.count > 0 && ` · ${m.order_sum_without({ count: ended.count })}`}
    </p>
  );
}

function TabLink({ to, name, count, current }: { to: string; name: string; count: number; current: boolean }) {
  return (
    <A to={to} className={`btn small ${current ? 'border-accent! text-accent!' : ''}`} aria-current={current ? 'page' : undefined}>
      {name} <span className="tiny">{integer(count)}</span>
    </A>
  );
}
