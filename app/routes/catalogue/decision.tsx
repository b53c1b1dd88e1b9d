import * as m from '#app/i18n/paraglide/messages.js';
import type { decisionView } from './decision-view.ts';

/** What a verdict would mean under each rule, before anybody agrees on one. */
export function Decision({ decision }: { decision: ReturnType<typeof decisionView> }) {
  if (!decision) return null;
  return (
    <details>
      <summary className="min-h-11 cursor-pointer font-semibold">{m.capability_decision_title()}</summary>
      <div className="grid gap-3">
        <p>{decision.lead}</p>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{m.capability_decision_rule()}</th>
              <th scope="col" className="r">
                {m.capability_decision_accepted()}
              </th>
              <th scope="col" className="r">
                {m.capability_decision_risk()}
              </th>
            </tr>
          </thead>
          <tbody>
            {decision.rows.map(({ rule, accepted, risk }) => (
              <tr key={rule}>
                <th scope="row" className="font-normal">
                  {rule}
                </th>
                <td className="r whitespace-nowrap">{accepted}</td>
                <td className="r whitespace-nowrap">{risk}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="tiny">{decision.negligible}</p>
      </div>
    </details>
  );
}
