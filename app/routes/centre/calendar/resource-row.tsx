import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { ROLE_NAMES } from '#app/modules/identity/role-names.ts';
import { Select, TextField } from '#app/ui/form.tsx';
import type { Role } from '#db/schema/identity.ts';
import type { ResourceTexts } from './pool-form.server.ts';

type People = {
  members: { personId: string; name: string; role: Role }[];
  /** Who stands in other pools and has no account. */
  others: { id: string; nameZh: string; nameEn: string; poolZh: string; poolEn: string }[];
};

/** `people`: who it may be; left out where a resource is no person. */
export function ResourceRow({
  row,
  i,
  errors,
  people,
}: {
  row: ResourceTexts;
  i: number;
  errors: (name: string) => { errors?: string[] };
  people: People | undefined;
}) {
  const at = (name: string) => `resource.${i}.${name}`;
  const columns = people ? 'lg:grid-cols-[1fr_1fr_1fr_1fr_11rem_6rem]' : 'lg:grid-cols-[1fr_1fr_1fr_11rem_6rem]';
  return (
    <fieldset className={`grid grid-cols-1 items-start gap-3 border-t border-line pt-3 sm:grid-cols-2 ${columns}`}>
      <legend className="visually-hidden">{m.centre_pool_resource_n({ n: i + 1 })}</legend>
      <input type="hidden" name={at('id')} value={row.id} />
      <TextField name={at('nameZh')} label={m.centre_pool_name_zh()} defaultValue={row.nameZh} maxLength={60} {...errors(at('nameZh'))} />
      <TextField name={at('nameEn')} label={m.centre_pool_name_en()} defaultValue={row.nameEn} maxLength={60} {...errors(at('nameEn'))} />
      {people && <PersonField name={at('person')} row={row} errors={errors(at('person'))} {...people} />}
      <TextField
        name={at('certificate')}
        label={m.centre_pool_certificate()}
        defaultValue={row.certificate}
        maxLength={120}
        {...errors(at('certificate'))}
      />
      <TextField
        name={at('validUntil')}
        type="date"
        label={m.centre_pool_valid_until()}
        defaultValue={row.validUntil}
        {...errors(at('validUntil'))}
      />
      <label className="flex min-h-11 items-center gap-3 lg:mt-7">
        <input type="checkbox" name={at('active')} value="1" defaultChecked={row.active} />
        <span>{m.centre_pool_active()}</span>
      </label>
    </fieldset>
  );
}

/** Who it is; where the same person stands in other pools too, that is said. */
function PersonField({
  name,
  row: { person, alsoIn },
  errors,
  members,
  others,
}: People & { name: string; row: ResourceTexts; errors: { errors?: string[] } }) {
  const pools = [...new Set(alsoIn.map(({ poolZh, poolEn }) => pick(poolZh, poolEn)))].join(m.centre_pool_person_between());
  return (
    <Select
      name={name}
      label={m.centre_pool_person()}
      hint={pools === '' ? undefined : m.centre_pool_person_also({ pools })}
      defaultValue={person}
      {...errors}
    >
      <option value="">{m.centre_pool_person_none()}</option>
      <optgroup label={m.centre_pool_person_members()}>
        {members.map(({ personId, name: called, role }) => (
          <option key={personId} value={personId}>
            {`${called} · ${ROLE_NAMES[role]()}`}
          </option>
        ))}
      </optgroup>
      {others.length > 0 && (
        <optgroup label={m.centre_pool_person_others()}>
          {others.map(({ id, nameZh, nameEn, poolZh, poolEn }) => (
            <option key={id} value={id}>
              {`${pick(nameZh, nameEn)} · ${pick(poolZh, poolEn)}`}
            </option>
          ))}
        </optgroup>
      )}
    </Select>
  );
}
