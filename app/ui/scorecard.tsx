import * as m from '#app/i18n/paraglide/messages.js';

/** What an evaluation scores: each criterion with its weight, as a number and as a bar. Nothing without criteria. */
export function Scorecard({ criteria }: { criteria: readonly { name: string; percent: number }[] }) {
  if (criteria.length === 0) return null;
  return (
    <table className="data">
      <caption className="mb-2 text-left font-semibold">{m.catalogue_scorecard()}</caption>
      <thead>
        <tr>
          <th scope="col">{m.catalogue_scorecard_criterion()}</th>
          <th scope="col">{m.catalogue_scorecard_weight()}</th>
        </tr>
      </thead>
      <tbody>
        {criteria.map(({ name, percent }) => (
          <tr key={name}>
            <td>{name}</td>
            <td>
              <span className="flex items-center gap-2 tabular-nums">
                <span className="h-2 rounded-full bg-accent" style={{ width: `${percent * 0.8}%` }} aria-hidden="true" />
                <span className="whitespace-nowrap">{percent} %</span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
