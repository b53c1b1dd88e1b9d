/** A queue of the operator's: what waits, what was decided, and the way to the other queues. */
import type { ReactNode } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { type Count, QueueLinks } from './queue-links.tsx';

const DONE = ['accepted', 'refused'] as const;
type Done = (typeof DONE)[number];

/** What has just been decided, as the redirect back to the queue says it. */
export const doneIn = (request: Request): Done | undefined => {
  const done = new URL(request.url).searchParams.get('done');
  return DONE.find((one) => one === done);
};

type Column<Item> = { name: string; cell: (item: Item) => ReactNode };

interface QueueProps<Item> {
  title: string;
  lead: string;
  count: Count;
  /** What has just been done, in words. */
  notice: string | undefined;
  /** Shown while nothing waits. */
  none: { title: string; text: string };
  waiting: readonly Item[];
  decided: readonly Item[];
  /** The first of them leads to the item. */
  columns: readonly Column<Item>[];
  pathOf: (item: Item) => string;
  stateOf: (item: Item) => { tone: string; name: () => string };
  /** What else stands between what waits and what is decided. */
  children?: ReactNode;
}

export function QueuePage<Item extends { id: string }>({
  title,
  lead,
  count,
  notice,
  none,
  waiting,
  decided,
  children,
  ...table
}: QueueProps<Item>) {
  return (
    <Page title={title} lead={lead}>
      <QueueLinks count={count} />
      {notice && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {notice}
        </p>
      )}
      {waiting.length === 0 ? (
        <Empty title={none.title}>
          <p>{none.text}</p>
        </Empty>
      ) : (
        <section className="card pad grid gap-3">
          <h2>{m.operator_waiting({ count: waiting.length })}</h2>
          <QueueTable items={waiting} {...table} />
        </section>
      )}
      {children}
      {decided.length > 0 && (
        <section className="card pad grid gap-3">
          <h2>{m.operator_decided()}</h2>
          <QueueTable items={decided} {...table} />
        </section>
      )}
    </Page>
  );
}

type TableProps<Item> = Pick<QueueProps<Item>, 'columns' | 'pathOf' | 'stateOf'> & { items: readonly Item[] };

function QueueTable<Item extends { id: string }>({ items, columns: [first, ...columns], pathOf, stateOf }: TableProps<Item>) {
  return (
    <table className="data stack">
      <thead>
        <tr>
          <th scope="col">{first?.name}</th>
          {columns.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">{m.operator_state()}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => {
          const { tone, name: state } = stateOf(item);
          return (
            <tr key={item.id}>
              <td>
                <A to={pathOf(item)} className="link [overflow-wrap:anywhere]">
                  {first?.cell(item)}
                </A>
              </td>
              {columns.map(({ name, cell }) => (
                <td key={name} data-label={name}>
                  {cell(item)}
                </td>
              ))}
              <td data-label={m.operator_state()}>
                <span className={`chip whitespace-nowrap ${tone}`}>{state()}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
