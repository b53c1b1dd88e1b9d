/** Which centre it is about: its name leads to its page, its host and its place are what papers name. */
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { Fact } from '#app/ui/fact.tsx';
import { A } from '#app/ui/link.tsx';
import type { centre } from '#db/schema/centres.ts';

type Row = typeof centre.$inferSelect;

export const centreFacts = (row: Row) => ({
  slug: row.slug,
  name: pick(row.nameZh, row.nameEn),
  host: pick(row.hostZh, row.hostEn),
  place: pick(row.addressZh, row.addressEn) || pick(row.cityZh, row.cityEn),
});

/** Facts of a list. @param label what the name is called there */
export const CentreFacts = ({ label, centre }: { label: string; centre: ReturnType<typeof centreFacts> }) => (
  <>
    <Fact
      name={label}
      text={
        <A to={`/centres/${centre.slug}`} className="link">
          {centre.name}
        </A>
      }
    />
    {centre.host && <Fact name={m.catalogue_centre_host()} text={centre.host} />}
    <Fact name={m.catalogue_centre_address()} text={centre.place} />
  </>
);
