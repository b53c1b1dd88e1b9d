import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const invoicesRoutes: RouteConfigEntry[] = [
  route('invoices', 'routes/invoices/list.tsx'),
  route('invoices/titles', 'routes/invoices/titles.tsx'),
  route('invoices/titles/:id', 'routes/invoices/title.tsx'),
  route('invoices/:number', 'routes/invoices/invoice.tsx'),
  route('invoices/:number/files/:file', 'routes/invoices/invoice-file.ts'),
  route('orders/:number/invoice', 'routes/invoices/choose.ts'),
];
