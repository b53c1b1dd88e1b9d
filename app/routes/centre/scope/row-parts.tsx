import * as m from '#app/i18n/paraglide/messages.js';
import { coverageText } from '#app/routes/catalogue/uncertainty-words.ts';
import { TextField } from '#app/ui/form.tsx';
import type { useFormBack } from '#app/ui/form-answer.tsx';
import { dayTime } from '#app/ui/format.ts';
import { RangePicture } from '#app/ui/range-picture.tsx';
import type { DateTexts, readRow } from './row-form.server.ts';

export const TROUBLES = {
  wrong: m.capability_row_wrong,
  confirm: m.capability_row_confirm,
};
export type Said = keyof typeof TROUBLES;

/** Why a row that was understood is not taken. */
export const ROW_FAULTS = {
  stale: m.capability_row_stale,
  range: m.capability_row_exists,
  date: m.capability_row_date_fault,
  order: m.capability_row_order_fault,
  accreditation: m.capability_row_accreditation_gone,
};

/** First and last day of a row. */
export function Dates({ dates, back }: { dates: DateTexts; back: ReturnType<typeof useFormBack> }) {
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <TextField
        name="validFrom"
        type="date"
        label={m.capability_row_valid_from()}
        hint={m.capability_row_valid_hint()}
        defaultValue={back.text('validFrom', dates.from)}
        {...back.errors('validFrom')}
      />
      <TextField
        name="validUntil"
        type="date"
        label={m.capability_row_valid_until()}
        defaultValue={back.text('validUntil', dates.until)}
        {...back.errors('validUntil')}
      />
    </div>
  );
}

export function ReadAs({ shown }: { shown: ReturnType<typeof readRow> }) {
  const { status, understood, notes, picture } = shown;
  return (
    <section className="card pad grid gap-3" aria-labelledby="read-title">
      <h2 id="read-title">{m.capability_row_read_as()}</h2>
      {understood.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {status === 'review' && <p className="font-semibold text-warn">{m.capability_row_confirm()}</p>}
      {notes.map((line) => (
        <p key={line} className={status === 'reject' ? 'error-text' : 'text-warn'}>
          {line}
        </p>
      ))}
      {picture && <RangePicture {...picture} />}
    </section>
  );
}

type Version = {
  version: number;
  endedAt: number;
  by: string;
  range: string;
  uncertainty: string;
  k: number;
  confidence: number | null;
  designation: string;
};

/** What the row said before. */
export function Versions({ versions, timeZone }: { versions: Version[]; timeZone: string }) {
  if (versions.length === 0) return null;
  return (
    <section className="card pad grid gap-3" aria-labelledby="versions-title">
      <h2 id="versions-title">{m.capability_row_versions()}</h2>
      <ol className="grid gap-3">
        {versions.map(({ version, endedAt, by, range, uncertainty, designation, ...coverage }) => (
          <li key={version}>
            <span className="block">
              {designation && `${designation} · `}
              {range} · {uncertainty} ({coverageText(coverage)})
            </span>
            <span className="tiny">{m.capability_row_version({ version, until: dayTime(endedAt, { timeZone }), by })}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
