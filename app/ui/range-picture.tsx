export type RangePictureProps = {
  width: number;
  height: number;
  box: { left: number; top: number; right: number; bottom: number };
  /** `end`: the last label carries its unit and stands before the edge. */
  xTicks: { at: number; text: string }[];
  yTicks: { at: number; text: string }[];
  xUnit: string;
  yUnit: string;
  curves: string[];
  need: { area: string; line: string | null; label: string; fits: boolean } | null;
  /** Read out instead of the drawing; the text beside it says the same. */
  title: string;
};

/** Where the axis ends, its unit stands instead of a number. */
const UNIT_ROOM = 34;

/** A capability's uncertainty over its range, with the need under which the curve must run. */
export function RangePicture({ width, height, box, xTicks, yTicks, xUnit, yUnit, curves, need, title }: RangePictureProps) {
  return (
    <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={title} className="range-picture">
      {need && <path d={need.area} className={need.fits ? 'area' : 'area misses'} />}
      <path d={`M${box.left} ${box.top - 6}V${box.bottom}H${box.right}`} className="axis" />
      {xTicks
        .filter(({ at }) => at < width - UNIT_ROOM)
        .map(({ at, text }) => (
          <text key={at} x={at} y={box.bottom + 14} textAnchor="middle">
            {text}
          </text>
        ))}
      {yTicks
        .filter(({ at }) => at > box.top + 4)
        .map(({ at, text }) => (
          <text key={at} x={box.left - 5} y={at + 3.5} textAnchor="end">
            {text}
          </text>
        ))}
      <text x={width} y={box.bottom + 14} textAnchor="end" className="unit">
        {xUnit}
      </text>
      <text x={box.left - 5} y={box.top - 5} textAnchor="end" className="unit">
        {yUnit}
      </text>
      {need?.line && <path d={need.line} className={need.fits ? 'limit' : 'limit misses'} />}
      {curves.map((d) => (
        <path key={d} d={d} className="curve" />
      ))}
      {need?.line && (
        <text x={box.left + 8} y={box.top - 5} className={need.fits ? 'limit-label' : 'limit-label misses'}>
          {need.label}
        </text>
      )}
    </svg>
  );
}
