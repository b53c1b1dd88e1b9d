import type { ReactNode } from 'react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { money, percent } from './format.ts';

export type BillView = {
  lines: { key: keyof typeof LINES; quantity: number; unitNet: number; net: number; label?: { zh: string; en: string } }[];
  net: number;
  vatBasisPoints: number;
  vat: number;
  gross: number;
};

const LINES = {
  unit: () => m.order_line_unit(),
  points: () => m.order_line_points(),
  setup: () => m.order_line_setup(),
  travel: () => m.order_line_travel(),
  courier: () => m.order_line_courier(),
  expedite: () => m.order_line_expedite(),
  member: () => m.order_line_member(),
  park: () => m.order_line_park(),
};

export function lineName({ key, label, quantity, unitNet }: BillView['lines'][number]): string {
  const name = label ? `${LINES[key]()} · ${pick(label.zh, label.en)}` : LINES[key]();
  return quantity > 1 ? `${name} ${quantity} × ${money(unitNet)}` : name;
}

/** The bill, line by line, net to gross; amounts in 分. */
export function Bill({ bill, total, after }: { bill: BillView; total?: ReactNode; after?: ReactNode }) {
  return (
    <dl className="grid text-[.9375rem]">
      {bill.lines.map((line) => (
        <Line key={line.key} name={lineName(line)} amount={line.net} />
      ))}
      <Line name={m.order_net()} amount={bill.net} muted />
      <Line
        name={
          bill.vatBasisPoints === 0
            ? m.order_vat_exempt()
            : m.order_vat({ rate: percent(bill.vatBasisPoints / 10_000, bill.vatBasisPoints % 100 === 0 ? 0 : 1) })
        }
        amount={bill.vat}
      />
      {after}
      <div className="flex items-baseline justify-between gap-4 pt-3">
        <dt>{total ?? m.order_total()}</dt>
        <dd className="text-[1.375rem] font-[650] whitespace-nowrap">{money(bill.gross)}</dd>
      </div>
    </dl>
  );
}

export function Line({ name, amount, muted }: { name: ReactNode; amount: number; muted?: boolean }) {
  return (
    <div className={`flex justify-between gap-4 border-b border-line py-2 ${muted ? 'muted' : ''}`}>
      <dt className="min-w-0">{name}</dt>
      <dd className="whitespace-nowrap">{money(amount)}</dd>
    </div>
  );
}
