import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const ordersRoutes: RouteConfigEntry[] = [
  route('orders', 'routes/orders/list.tsx'),
  route('orders/export.csv', 'routes/orders/export-file.ts'),
  route('orders/:number', 'routes/orders/order.tsx'),
  route('orders/:number/calendar.ics', 'routes/orders/calendar-file.ts'),
  route('orders/:number/reports/:file', 'routes/orders/report-file.ts'),
  route('offers/:id', 'routes/orders/offer.ts'),
  route('waiting', 'routes/orders/waiting.ts'),
];
