import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';

/** Orders at a time that is not sold any more: they stay booked, and somebody has to look at them. */
export function TouchedOrders({ text, orders, timeZone }: { text: string; orders: { number: string; at: number }[]; timeZone: string }) {
  return (
    <div className="rounded-field bg-seal-soft px-4 py-3" role="alert">
      <p>{text}</p>
      <ul className="mt-1 flex flex-wrap gap-x-4">
        {orders.map(({ number, at }) => (
          <li key={number}>
            <A to={`/centre/orders/${number}`} className="link num">
              {number}
            </A>{' '}
            <span className="tiny">{dayTime(at, { timeZone })}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
