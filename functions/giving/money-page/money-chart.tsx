import type { PublicMonth } from '#accounting/funds/public-money.ts';
import type { Language } from '#platform/charity.ts';
import { formatMonth } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { moneyWordsOf } from './money-words.ts';

/** Units of the drawing: on the narrowest phone one unit is nearly a CSS pixel, so that the text stays readable. */
const [width, height] = [330, 220];
const [left, top, bottom] = [4, 46, 28];
const mostMonths = 12;

const colours = { received: '#24489b', passedOn: '#b81f31' };

/** Bars of what was received and passed on in the last twelve months. The table beside the chart holds the same figures. */
export function MoneyChart({ months, language }: { months: readonly PublicMonth[]; language: Language }) {
  const words = moneyWordsOf(language);
  const last = months.slice(-mostMonths);
  const tallest = Math.max(1, ...last.map((each) => Math.max(each.received, each.passedOn ?? 0)));
  const space = height - top - bottom;
  const step = (width - 2 * left) / last.length;
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
      <desc id="chart-text">{words.chart(last.length)}</desc>
      <rect x={left} y="4" width="12" height="12" fill={colours.received} />
      <text x={left + 17} y="14" fill="#1b2440">
        {words.received}
      </text>
      <rect x={width / 2} y="4" width="12" height="12" fill={colours.passedOn} />
      <text x={width / 2 + 17} y="14" fill="#1b2440">
        {words.passedOn}
      </text>
      <path d={`M${left} ${top}H${width - left}`} stroke="#7b7f92" stroke-dasharray="2 4" />
      <text x={left} y={top - 5} fill="#505a75">
        {formatMoney(tallest, 'hkd')}
      </text>
      {last.map((each, index) => {
        const middle = Math.round(left + step * (index + 0.5));
        return (
          <g>
            <Bar x={middle - bar - 1} width={bar} height={rise(each.received)} fill={colours.received} />
            <Bar x={middle + 1} width={bar} height={rise(each.passedOn ?? 0)} fill={colours.passedOn} />
            {(last.length - 1 - index) % Math.ceil(last.length / 6) === 0 && (
              <text x={middle} y={height - 9} fill="#1b2440" text-anchor="middle">
                {shortMonth(each.month, language)}
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

/** `Nov`, `11月`, for example. */
function shortMonth(month: string, language: Language): string {
  return language === 'en' ? formatMonth(month, 'en').slice(0, 3) : `${Number(month.slice(5))}月`;
}
