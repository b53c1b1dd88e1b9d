/** Shares over time, drawn on the server: one row per thing, one cell per period. The numbers stand in a table beside it. */
export type HeatRow = { key: string; group: string; name: string; cells: { value: number | null; text: string }[] };

const CELL = 26;
const GAP = 3;
const NAMES = 232;
const GROUP = 24;
const LABEL_CELLS = 4;

export function HeatMap({ label, columns, rows }: { label: string; columns: string[]; rows: HeatRow[] }) {
  const groups = [...Map.groupBy(rows, (row) => row.group)];
  const width = NAMES + columns.length * (CELL + GAP);
  let y = 0;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="scroll" tabIndex={0} aria-label={label}>
      <svg
        width={width}
        height={rows.length * (CELL + GAP) + groups.length * GROUP + 20}
        role="img"
        aria-label={label}
        className="max-w-none"
      >
        {groups.map(([group, members]) => {
          const top = y;
          y += GROUP + members.length * (CELL + GAP);
          return (
            <g key={group}>
              <text x="0" y={top + 16} style={{ fontSize: 12.5, fontWeight: 600, fill: 'var(--ink-2)' }}>
                {group}
              </text>
              {members.map((row, i) => {
                const at = top + GROUP + i * (CELL + GAP);
                return (
                  <g key={row.key}>
                    <text x="0" y={at + 17} style={{ fontSize: 12.5, fill: 'var(--ink)' }}>
                      {shorten(row.name)}
                      <title>{row.name}</title>
                    </text>
                    {row.cells.map((cell, j) => (
                      <rect
                        key={columns[j]}
                        x={NAMES + j * (CELL + GAP)}
                        y={at}
                        width={CELL}
                        height={CELL}
                        rx="3"
                        fill={
                          cell.value === null
                            ? 'var(--sunk)'
                            : `color-mix(in srgb, var(--accent) ${Math.round(8 + cell.value * 92)}%, var(--surface))`
                        }
                      >
                        <title>{`${row.name} · ${columns[j]} · ${cell.text}`}</title>
                      </rect>
                    ))}
                  </g>
                );
              })}
            </g>
          );
        })}
        {columns.map((column, j) =>
          // A label is four cells wide: where fewer are left it would run out of the picture.
          j % LABEL_CELLS === 0 && j + LABEL_CELLS <= columns.length ? (
            <text key={column} x={NAMES + j * (CELL + GAP)} y={y + 14}>
              {column}
            </text>
          ) : null,
        )}
      </svg>
    </section>
  );
}

/** Two Latin letters are about as wide as one Han character; the full name is in the title. */
function shorten(name: string): string {
  let width = 0;
  for (const [i, character] of [...name].entries()) {
    width += /[\u2e80-\uffff]/.test(character) ? 2 : 1.1;
    if (width > 34) return `${[...name].slice(0, i - 1).join('')}…`;
  }
  return name;
}
