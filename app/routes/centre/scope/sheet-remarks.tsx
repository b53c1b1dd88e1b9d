import * as m from '#app/i18n/paraglide/messages.js';
import type { ImportView } from '#app/modules/capability/import/view-import.server.ts';
import { remarkText } from './scope-words.ts';

/** What is said about the file and its sheets before any of its rows. */
export function SheetRemarks({ remarks: sheets }: Pick<ImportView, 'remarks'>) {
  const said = sheets.filter(({ read, remarks }) => !read || remarks.length > 0);
  const comma = sheets.some(({ read, decimal }) => read && decimal === 'comma');
  if (said.length === 0 && !comma) return null;
  return (
    <section className="card pad grid gap-3" aria-labelledby="remarks-title">
      <h2 id="remarks-title">{m.capability_import_remarks()}</h2>
      {comma && <p>{m.capability_import_decimal_comma()}</p>}
      {said.length > 0 && (
        <ul className="grid gap-2">
          {said.map(({ name, read, remarks }) => (
            <li key={name} className="grid gap-0.5">
              {sheets.length > 1 && <strong className="wrap-anywhere">{read ? name : m.capability_import_sheet_unread({ name })}</strong>}
              {remarks.map((remark) => (
                <span key={remark.code} className="text-ink-2">
                  {remarkText(remark)}
                </span>
              ))}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
