import { sql } from 'drizzle-orm';
import { invoice } from '#db/schema/invoices.ts';

/** For a select of invoices: how many of its red letters something has to be done about. */
export const waitingLetters = () =>
  // Spelled out: among the columns of one table drizzle leaves their table's name away, and here are two.
  sql<number>`(select count(*) from red_letter r where r.invoice_id = ${invoice.id} and r.state in ('raised', 'confirmed'))`.mapWith(
    Number,
  );
