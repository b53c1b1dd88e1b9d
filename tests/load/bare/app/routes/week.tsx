import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { data } from '../data.server.ts';

type Claim = { resource: string; cell: number; holderId: string };

/** One pool's claims of a week, by one statement, as a table. */
export const loader = ({ request }: LoaderFunctionArgs) => {
  const params = new URL(request.url).searchParams;
  return { claims: data().claims.all(params.get('pool'), Number(params.get('from')), Number(params.get('until'))) as Claim[] };
};

export default function Week() {
  const { claims } = useLoaderData<typeof loader>();
  return (
    <main>
      <table>
        <tbody>
          {claims.map((claim) => (
            <tr key={`${claim.resource}${claim.cell}`}>
              <td>{claim.resource}</td>
              <td>{new Date(claim.cell * 1_800_000).toISOString()}</td>
              <td>{claim.holderId}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
