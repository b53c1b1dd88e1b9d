import type { useFormBack } from '#app/ui/form-answer.tsx';
import type { PoolTexts } from './pool-form.server.ts';

/** What was typed, in the lines the page has now. */
export function typedAgain({ text, list }: ReturnType<typeof useFormBack>, saved: PoolTexts): PoolTexts {
  const ids = Array.from({ length: saved.resources.length }, (_, i) => text(`resource.${i}.id`));
  return {
    kind: text('kind'),
    field: text('field'),
    nameZh: text('nameZh'),
    nameEn: text('nameEn'),
    grid: text('grid') || saved.grid,
    hours: saved.hours.map((_, day) => text(`hours-${day}`)),
    holidays: list('holidays').length > 0,
    add: text('add'),
    resources: saved.resources.map((row) => {
      const i = ids.indexOf(row.id);
      if (i < 0) return row;
      const at = (name: string) => text(`resource.${i}.${name}`);
      const active = list(`resource.${i}.active`).length > 0;
      const names = { nameZh: at('nameZh'), nameEn: at('nameEn') };
      return { ...row, ...names, certificate: at('certificate'), validUntil: at('validUntil'), active, person: at('person') };
    }),
  };
}
