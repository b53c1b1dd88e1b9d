import * as m from '#app/i18n/paraglide/messages.js';
import type { Capability } from '#app/modules/capability/rules/capability.ts';
import { differenceFromBase, formatNumber, formatUnit } from '#app/modules/capability/rules/units/quantities.ts';
import type { Need } from '#app/modules/capability/search/matching.ts';
import { capabilityPicture, type PictureAxis, type PictureSize } from '#app/modules/catalogue/capability-picture.ts';
import type { NeedText } from '#app/modules/catalogue/need-fields.ts';
import { GAP } from '#app/ui/format.ts';
import type { RangePictureProps } from '#app/ui/range-picture.tsx';
import { requiredText } from './reasons.ts';

export const SMALL: PictureSize = { width: 204, height: 116 };
export const LARGE: PictureSize = { width: 640, height: 280 };

export type NeedShown = { need: Need; text: NeedText; fits: boolean };

/** The picture of rows that share their quantity, ready to be drawn; undefined when there is nothing to draw. */
export function pictureOf(
  rows: readonly Capability[],
  instrument: string,
  shown: NeedShown | null,
  size: PictureSize,
): RangePictureProps | undefined {
  const parameters = Object.fromEntries((shown?.need.parameters ?? []).map((p) => [p.name, p.range.base]));
  const drawn = capabilityPicture(rows, shown?.need ?? null, size, parameters) ?? capabilityPicture(rows, shown?.need ?? null, size);
  if (!drawn) return undefined;
  const { x, y, need, ...geometry } = drawn;
  const label = shown?.need.required ? m.capability_picture_need_label({ limit: limitText(shown) }) : m.capability_picture_need_plain();
  const ends = [x.ticks[0], x.ticks.at(-1)].map((tick) => `${formatNumber(tick?.value ?? 0)} ${formatUnit(x.unit)}`.trim());
  return {
    ...geometry,
    xTicks: labels(x),
    yTicks: labels(y),
    xUnit: formatUnit(x.unit),
    yUnit: formatUnit(y.unit),
    need: need && shown ? { ...need, label, fits: shown.fits } : null,
    title:
      need && shown
        ? m.capability_picture_need({
            instrument,
            need: label,
            verdict: shown.fits ? m.capability_picture_under() : m.capability_picture_over(),
          })
        : m.capability_picture({ instrument, xmin: ends[0] as string, xmax: ends[1] as string }),
  };
}

/** The largest U that will do, in the visitor's unit; of a permissible error its share. */
function limitText({ need: { required } }: NeedShown): string {
  if (!required) return '';
  const base = 'mpe' in required ? required.mpe / required.ratio : required.limit;
  if ('unit' in required) return requiredText({ value: differenceFromBase(base, required.unit), unit: required.unit.code });
  return `${formatNumber(Number((base * 100).toPrecision(3)))}${GAP}%`;
}

const labels = ({ ticks }: PictureAxis) => ticks.map(({ at, value }) => ({ at, text: formatNumber(value) }));
