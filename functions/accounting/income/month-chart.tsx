import { formatMoney } from '#platform/money.ts';

/** Units of the drawing: on the narrowest phone one unit is nearly a CSS pixel, so that the text stays readable. */
const [width, height] = [330, 220];
const [left, top, bottom] = [4, 46, 28];
/** On a phone no more names of months stand beside each other. */
const mostNames = 6;

/** One of the two kinds of bars: what it says, and its colour. */
interface Kind {
  readonly label: string;
  readonly colour: string;
}

interface MonthChartProps {
  readonly title: string;
  /** What the drawing shows, for who does not see it. */
  readonly text: string;
  readonly kinds: readonly [Kind, Kind];
  /** Oldest first: the month's short name, and its two sums in minor units. */
  readonly months: readonly { readonly name: string; readonly sums: readonly [number, number] }[];
}

/** Two bars for each month. A table beside it holds the same figures. */
export function MonthChart({ title, text, kinds, months }: MonthChartProps) {
  const tallest = Math.max(1, ...months.flatMap(({ sums }) => sums));
  const space = height - top - bottom;
  const step = (width - 2 * left) / months.length;
  const bar = Math.min(22, step / 2 - 2);
  const rise = (amount: number) => (Math.max(0, amount) / tallest) * space;
  const [first, second] = kinds;
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-labelledby="chart-title chart-text"
      width="100%"
      font-family="inherit"
      font-size="12"
    >
      <title id="chart-title">{title}</title>
      <desc id="chart-text">{text}</desc>
      <rect x={left} y="4" width="12" height="12" fill={first.colour} />
      <text x={left + 17} y="14" fill="#1b2440">
        {first.label}
      </text>
      <rect x={width / 2} y="4" width="12" height="12" fill={second.colour} />
      <text x={width / 2 + 17} y="14" fill="#1b2440">
        {second.label}
      </text>
      <path d={`M${left} ${top}H${width - left}`} stroke="#7b7f92" stroke-dasharray="2 4" />
      <text x={left} y={top - 5} fill="#505a75">
        {formatMoney(tallest, 'hkd')}
      </text>
      {months.map(({ name, sums }, index) => {
        const middle = Math.round(left + step * (index + 0.5));
        return (
          <g>
            <Bar x={middle - bar - 1} width={bar} height={rise(sums[0])} fill={first.colour} />
            <Bar x={middle + 1} width={bar} height={rise(sums[1])} fill={second.colour} />
            {(months.length - 1 - index) % Math.ceil(months.length / mostNames) === 0 && (
              <text x={middle} y={height - 9} fill="#1b2440" text-anchor="middle">
                {name}
              </text>
            )}
          </g>
        );
      })}
      <path d={`M${left} ${height - bottom}H${width - left}`} stroke="#1b2440" />
    </svg>
  );
}

function Bar(props: { x: number; width: number; height: number; fill: string }) {
  if (props.height === 0) return null;
  const round = (value: number) => Math.round(value * 10) / 10;
  const tall = Math.max(1, round(props.height));
  return (
    <rect
      x={round(props.x)}
      y={round(height - bottom - tall)}
      width={round(props.width)}
      height={tall}
      fill={props.fill}
    />
  );
}
