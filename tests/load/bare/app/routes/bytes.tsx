import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';

/** A page of a given size: `lines` paragraphs of a hundred characters. */
export const loader = ({ request }: LoaderFunctionArgs) => ({ lines: Number(new URL(request.url).searchParams.get('lines') ?? 10) });

const LINE = 'x'.repeat(93);

export default function Bytes() {
  const { lines } = useLoaderData<typeof loader>();
  return (
    <main>
      {Array.from({ length: lines }, (_, i) => (
        <p key={i}>{LINE}</p>
      ))}
    </main>
  );
}
