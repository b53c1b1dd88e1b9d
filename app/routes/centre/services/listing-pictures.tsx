/** The pictures and papers of a listing: kept, left out, brought. */

import type { ShownFile } from '#app/core/files-of.server.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { FileField, Submit } from '#app/ui/form.tsx';

/** The largest size of the whole form. */
const MOST_MB_AT_ONCE = 8;

/** The files there are, each with a tick to keep it, and a field for new ones. */
export function Pictures({ files, drafts, faults }: { files: ShownFile[]; drafts: boolean; faults: string[] }) {
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-2 text-[1.125rem] font-semibold">{m.centre_listing_pictures()}</legend>
      {files.length > 0 && (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          {files.map(({ id, name, type }) => (
            <li key={id} className="grid content-start gap-1">
              <label className="grid gap-1">
                {type === 'image/webp' ? (
                  <img
                    src={`/files/${id}`}
                    alt=""
                    loading="lazy"
                    className="aspect-[4/3] w-full rounded-field border border-line object-cover"
                  />
                ) : (
                  <span className="grid aspect-[4/3] w-full place-items-center rounded-field border border-line bg-sunk font-semibold">
                    PDF
                  </span>
                )}
                <span className="flex items-start gap-2 text-[.875rem]">
                  <input type="checkbox" name="pictures" value={id} defaultChecked className="mt-0.5" />
                  <span className="min-w-0 [overflow-wrap:anywhere]">{m.centre_listing_pictures_keep({ name })}</span>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {drafts && (
        <>
          <FileField
            label={m.centre_listing_pictures_add()}
            hint={m.centre_listing_pictures_hint()}
            errors={faults}
            most={MOST_MB_AT_ONCE}
            name="brought"
            multiple
            accept=".jpg,.jpeg,.png,.webp,.pdf,image/jpeg,image/png,image/webp,application/pdf"
          />
          <Submit name="intent" value="upload" className="btn small justify-self-start" busy={m.centre_listing_busy()}>
            {m.centre_listing_pictures_upload()}
          </Submit>
        </>
      )}
    </fieldset>
  );
}
