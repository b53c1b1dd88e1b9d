import type { LoaderFunctionArgs } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { data } from '../data.server.ts';

type Day = { resource: string; day: number; open: number; booked: number };

/** One pool's days of a month, by one statement, as a table. */
export const loader = ({ request }: LoaderFunctionArgs) => {
  const params = new URL(request.url).searchParams;
  return { days: data().days.all(params.get('pool'), Number(params.get('from')), Number(params.get('until'))) as Day[] };
};

export default function Month() {
  const { days } = useLoaderData<typeof loader>();
  return (
    <main>
      <table>
        <tbody>
          {days.map((day) => (
            <tr key={`${day.resource}${day.day}`}>
              <td>{day.resource}</td>
              <td>{day.day}</td>
              <td>{day.booked}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </main>
  );
}
