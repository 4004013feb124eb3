import { netOf } from '#accounting/accounts/day-sums.ts';
import { formatMonth } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import type { Income } from './income.ts';
import { incomeWords as words } from './income-words.ts';

/** Units of the drawing: on a phone one unit is nearly a CSS pixel. */
const [width, height] = [330, 220];
const [left, top, bottom] = [4, 46, 28];
const colours = { gross: '#24489b', net: '#1c7a4a' };

/** Bars of what came in by month. The table below holds the same figures. */
export function IncomeChart({ months }: Pick<Income, 'months'>) {
  const tallest = Math.max(1, ...months.map(({ gross }) => gross));
  const space = height - top - bottom;
  const step = (width - 2 * left) / months.length;
  const bar = Math.min(22, step / 2 - 2);
  const rise = (amount: number) => (Math.max(0, amount) / tallest) * space;
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
      <title id="chart-title">{words.chartTitle}</title>
      <desc id="chart-text">{words.chart(months.length)}</desc>
      <rect x={left} y="4" width="12" height="12" fill={colours.gross} />
      <text x={left + 17} y="14" fill="#1b2440">
        {words.gross}
      </text>
      <rect x={width / 2} y="4" width="12" height="12" fill={colours.net} />
      <text x={width / 2 + 17} y="14" fill="#1b2440">
        {words.net}
      </text>
      <path d={`M${left} ${top}H${width - left}`} stroke="#7b7f92" stroke-dasharray="2 4" />
      <text x={left} y={top - 5} fill="#505a75">
        {formatMoney(tallest, 'hkd')}
      </text>
      {months.map((each, index) => {
        const middle = Math.round(left + step * (index + 0.5));
        return (
          <g>
            <Bar x={middle - bar - 1} width={bar} height={rise(each.gross)} fill={colours.gross} />
            <Bar x={middle + 1} width={bar} height={rise(netOf(each))} fill={colours.net} />
            {(months.length - 1 - index) % 2 === 0 && (
              <text x={middle} y={height - 9} fill="#1b2440" text-anchor="middle">
                {formatMonth(each.month, 'en').slice(0, 3)}
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
