import * as m from '#app/i18n/paraglide/messages.js';
import { A } from './link.tsx';

export type CapabilityRowView = {
  id: string;
  instrument: string;
  measurand: string;
  /** Class, type or size the row holds for; empty: any. */
  designation: string;
  range: string;
  /** As stated, and as it is compared where that differs. */
  uncertainty: string;
  compared: string;
  method: string;
  conditions: string;
  /** What it stands under: an accreditation, one that nobody has checked, the centre's own statement. */
  basis?: { tone: '' | 'ok' | 'stated'; text: string };
  /** Until when that holds; for the centre itself. */
  validity?: string;
};

/** Signs of a method that stands in one line: VDI/VDE 2618-9.1 may break, JJG 313-2010 not. */
const SHORT_METHOD = 16;

/** A scope in the columns of the accreditation body: instrument, measurand, method, range, uncertainty, conditions. `hrefOf`: where a row leads. */
export function CapabilityTable({ rows, hrefOf }: { rows: CapabilityRowView[]; hrefOf?: (id: string) => string }) {
  return (
    <table className="data stack">
      <thead>
        <tr>
          <th scope="col">{m.capability_column_instrument()}</th>
          <th scope="col">{m.capability_column_measurand()}</th>
          <th scope="col">{m.capability_column_method()}</th>
          <th scope="col">{m.capability_column_range()}</th>
          <th scope="col">{m.capability_column_u()}</th>
          <th scope="col">{m.capability_column_conditions()}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <span className="grid justify-items-start gap-1">
                <span>
                  {hrefOf ? (
                    <A to={hrefOf(row.id)} className="link">
                      {row.instrument}
                    </A>
                  ) : (
                    row.instrument
                  )}
                  {row.designation && (
                    <>
                      {' '}
                      <span className="chip">{row.designation}</span>
                    </>
                  )}
                </span>
                {row.basis && <span className={`chip whitespace-nowrap ${row.basis.tone}`}>{row.basis.text}</span>}
                {row.validity && <span className="tiny">{row.validity}</span>}
              </span>
            </td>
            <td data-label={m.capability_column_measurand()}>{row.measurand}</td>
            <td data-label={m.capability_column_method()} className={row.method.length <= SHORT_METHOD ? 'whitespace-nowrap' : undefined}>
              {row.method}
            </td>
            <td data-label={m.capability_column_range()}>{row.range}</td>
            <td data-label={m.capability_column_u()}>
              <div>
                {row.uncertainty}
                {row.compared && <span className="tiny block">{row.compared}</span>}
              </div>
            </td>
            <td data-label={m.capability_column_conditions()}>{row.conditions || '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
