import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { data } from '../data.server.ts';

type Row = { id: string; slug: string; name: string; summary: string; price: number };

export const loader = ({ request }: LoaderFunctionArgs) => ({
  rows: data().rows.all(new URL(request.url).searchParams.get('family') ?? 'calibration') as Row[],
});

export default function Rows() {
  const { rows } = useLoaderData<typeof loader>();
  return (
    <main>
      <h1>24 rows</h1>
      {rows.map((row) => (
        <article key={row.id}>
          <h2>
            <a href={`/services/${row.slug}`}>{row.name}</a>
          </h2>
          <p>{row.summary}</p>
          <p>¥ {(row.price / 100).toFixed(2)}</p>
        </article>
      ))}
    </main>
  );
}
