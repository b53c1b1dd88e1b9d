import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { Submit } from '#app/ui/form.tsx';
import { integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Turning } from './capabilities.tsx';
import type { WorkView } from './capability-import-review.tsx';
import type { ChangeLine } from './scope-changes.ts';

/** Old beside new, column by column. */
export const Changes = ({ lines }: { lines: readonly ChangeLine[] }) => (
  <span className="grid gap-1">
    {lines.map(({ column, before, after }) => (
      <span key={column} className="tiny whitespace-pre-line">
        <span className="text-ink-2">{column}</span>{' '}
        <del className="text-seal">
          <span className="visually-hidden">{m.workbench_now()}: </span>
          {before}
        </del>{' '}
        <span aria-hidden="true">→</span>{' '}
        <ins className="text-ok no-underline">
          <span className="visually-hidden">{m.workbench_then()}: </span>
          {after}
        </ins>
      </span>
    ))}
  </span>
);

/** What storing would do, said before it is done. */
export function Store({ view }: { view: WorkView }) {
  const { counts, outcome, examplesChanged } = view;
  const { whole, waiting, signature, mayRemove } = outcome;
  const takes = counts.added + counts.changed + counts.same;
  const numbers = [
    ['added', m.workbench_added()],
    ['changed', m.workbench_changed()],
    ['same', m.workbench_same()],
    ['missing', m.workbench_missing()],
  ] as const;
  return (
    <section id="store" className="card pad grid gap-5" aria-labelledby="store-title">
      <h2 id="store-title">{m.workbench_store_title()}</h2>
      <ul className="kpis">
        {numbers.map(([name, label]) => (
          <li key={name}>
            <A to={`?show=${name}#rows`} className="kpi block rounded-card border border-line hover:border-ink-3">
              <span className="tiny">{label}</span>
              <b>{integer(counts[name])}</b>
            </A>
          </li>
        ))}
      </ul>
      {examplesChanged.length > 0 && <Changed view={view} />}
      {whole.untaken > 0 && <Untaken id={view.id} count={whole.untaken} />}
      {waiting > 0 && <p>{m.workbench_waiting({ count: integer(waiting) })}</p>}
      <Form method="post" className="grid gap-4">
        <input type="hidden" name="shown" value={signature} />
        {mayRemove && (
          <label className="flex items-start gap-3">
            <input type="checkbox" name="remove" value="1" className="mt-1 size-[18px] accent-(--accent)" />
            <span>{m.workbench_remove({ count: integer(counts.missing) })}</span>
          </label>
        )}
        {!mayRemove && counts.missing > 0 && <p className="text-ink-2">{m.workbench_remove_not({ why: whyNot(view) })}</p>}
        {takes > 0 ? (
          <Submit name="intent" value="confirm" className="btn go justify-self-start" busy={m.capability_import_storing()}>
            {m.workbench_store({ count: integer(takes) })}
          </Submit>
        ) : (
          <p className="text-warn">{m.workbench_store_nothing()}</p>
        )}
      </Form>
    </section>
  );
}

const Untaken = ({ id, count }: { id: string; count: number }) => (
  <div className="grid justify-items-start gap-2">
    <p>{m.workbench_store_untaken({ count: integer(count) })}</p>
    <a className="btn" href={localePath(`/centre/capabilities/import/${id}/rest.csv`)} download>
      {m.workbench_download({ count: integer(count) })}
    </a>
    <p className="tiny">{m.workbench_download_hint()}</p>
  </div>
);

function Changed({ view: { counts, examplesChanged } }: { view: WorkView }) {
  return (
    <div className="grid gap-3">
      <h3>{m.workbench_changes_some()}</h3>
      <ul className="grid gap-3">
        {examplesChanged.map(({ line, name, changes }) => (
          <li key={`${line} ${name}`}>
            <span className="tiny">{m.workbench_example({ line })}</span> {name}
            <Changes lines={changes} />
          </li>
        ))}
      </ul>
      {counts.changed > examplesChanged.length && (
        <p>
          <A to="?show=changed#rows" className="link">
            {m.workbench_changes_all({ count: integer(counts.changed) })}
          </A>
        </p>
      )}
    </div>
  );
}

function whyNot({ outcome: { whole }, sheets }: WorkView): string {
  if (whole.unread.length > 0) return m.workbench_why_unread({ names: whole.unread.map((at) => sheets[at]?.name ?? '').join(' · ') });
  return whole.untaken > 0 ? m.workbench_why_untaken({ count: integer(whole.untaken) }) : m.workbench_why_unknown();
}

/** Rows of the scope the file does not have. */
export function MissingRows({ view: { missing, path, page, pages } }: { view: WorkView }) {
  return (
    <div className="card pad grid gap-3">
      <p className="tiny">{m.workbench_missing_hint()}</p>
      <ul className="grid gap-2">
        {missing.map(({ id, names, stated }) => (
          <li key={id}>
            {names} <span className="tiny block">{stated}</span>
          </li>
        ))}
      </ul>
      <Turning path={`${path}&`} page={page} pages={pages} />
    </div>
  );
}
