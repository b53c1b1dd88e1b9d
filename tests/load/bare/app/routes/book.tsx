import type { ActionFunctionArgs } from '@remix-run/node';
import { redirect } from '@remix-run/node';
import { data } from '../data.server.ts';

/** The bare conditional booking: one form, one transaction, one redirect. */
export async function action({ request }: ActionFunctionArgs) {
  const form = await request.formData();
  const booked = data().book(String(form.get('resource')), Number(form.get('cell')));
  return redirect(booked ? '/bytes?lines=1' : '/bytes?lines=2', 303);
}
