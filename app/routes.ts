/** Every address of the site, in one table per area. Each exists twice: in Chinese, and under /en in English. */
import { prefix, type RouteConfig } from '@remix-run/route-config';
import { bookingRoutes } from './routes/booking/table.ts';
import { catalogueRoutes, catalogueUnprefixed } from './routes/catalogue/table.ts';
import { centreRoutes, centreUnprefixed } from './routes/centre/table.ts';
import { developmentRoutes } from './routes/development/table.ts';
import { enquiriesRoutes } from './routes/enquiries/table.ts';
import { homeRoutes } from './routes/home/table.ts';
import { identityRoutes } from './routes/identity/table.ts';
import { invoicesRoutes } from './routes/invoices/table.ts';
import { legalRoutes } from './routes/legal/table.ts';
import { messagesRoutes } from './routes/messages/table.ts';
import { operatorRoutes } from './routes/operator/table.ts';
import { ordersRoutes } from './routes/orders/table.ts';
import { parksRoutes } from './routes/parks/table.ts';
import { paymentsRoutes, paymentsUnprefixed } from './routes/payments/table.ts';
import { systemRoutes, systemUnprefixed } from './routes/system/table.ts';

export default [
  ...prefix('en?', [
    ...homeRoutes,
    ...catalogueRoutes,
    ...bookingRoutes,
    ...ordersRoutes,
    ...paymentsRoutes,
    ...identityRoutes,
    ...enquiriesRoutes,
    ...legalRoutes,
    ...messagesRoutes,
    ...invoicesRoutes,
    ...centreRoutes,
    ...operatorRoutes,
    ...parksRoutes,
    ...developmentRoutes,
    ...systemRoutes,
  ]),
  ...catalogueUnprefixed,
  ...centreUnprefixed,
  ...paymentsUnprefixed,
  ...systemUnprefixed,
] satisfies RouteConfig;
