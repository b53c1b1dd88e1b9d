import { Form } from '@remix-run/react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { Select, Submit } from '#app/ui/form.tsx';
import type { useFormBack } from '#app/ui/form-answer.tsx';

type Named = { id: string; nameZh: string; nameEn: string };

/** Who teaches on a date, and what else it takes whoever comes. `pools`: of what; none for a reader who plans no time. */
export function DateBeside({
  session,
  beside,
  pools,
  when,
  back,
}: {
  session: number;
  beside: Named[];
  pools: (Named & { resources: Named[] })[];
  when: string;
  back: ReturnType<typeof useFormBack>;
}) {
  const nameOf = (one: Named) => pick(one.nameZh, one.nameEn);
  const mine = back.text('session') === String(session) && back.fault('resource') !== undefined;
  return (
    <div className="tiny flex flex-wrap items-start gap-x-3 gap-y-1">
      {beside.length > 0 && (
        <span className="inline-flex min-h-6 items-center">
          {m.centre_date_beside({ resources: beside.map(nameOf).join(m.centre_list_comma()) })}
        </span>
      )}
      {pools.length > 0 && (
        <details open={mine || undefined}>
          <summary className="link inline-flex min-h-6 cursor-pointer items-center" aria-label={`${m.centre_date_beside_other()}: ${when}`}>
            {m.centre_date_beside_other()}
          </summary>
          <Form method="post" className="mt-2 flex flex-wrap items-end gap-2">
            <input type="hidden" name="session" value={session} />
            <Select
              id={`resource-${session}`}
              name="resource"
              label={m.centre_date_beside_to()}
              defaultValue={mine ? back.text('resource') : beside[0]?.id}
              {...(mine ? back.errors('resource') : {})}
            >
              {pools.map((pool) => (
                <optgroup key={pool.id} label={nameOf(pool)}>
                  {pool.resources.map((one) => (
                    <option key={one.id} value={one.id}>
                      {beside.some(({ id }) => id === one.id) ? m.centre_move_held({ resource: nameOf(one) }) : nameOf(one)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
            <Submit name="intent" value="beside" className="btn small" aria-label={`${m.centre_date_beside_submit()}: ${when}`}>
              {m.centre_date_beside_submit()}
            </Submit>
          </Form>
        </details>
      )}
    </div>
  );
}
