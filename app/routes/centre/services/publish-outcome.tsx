import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Unpublished } from '#app/modules/catalogue/listing/publish-drafts.server.ts';
import { FormError } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { faultText, listingLabel } from './listing-words.ts';

/** Of many published at once: how many are on sale now, and what stands in the way of the others, each with the way to it. */
export const PublishOutcome = ({ published, unpublished }: { published: number; unpublished: Unpublished[] }) => (
  <FormError title={m.centre_services_unpublished({ published, count: unpublished.length })}>
    <ul className="mt-1 grid list-disc gap-1 pl-5">
      {unpublished.map(({ id, nameZh, nameEn, field, reason }) => (
        <li key={id}>
          <A to={`/centre/services/${id}#${field}`} className="link">
            {pick(nameZh, nameEn) || m.centre_listing_unnamed()}
          </A>{' '}
          {reason === 'stale' ? m.centre_listing_stale() : `${listingLabel(field)}${m.centre_list_colon()}${faultText(reason)}`}
        </li>
      ))}
    </ul>
  </FormError>
);
