/** @jsxImportSource react */
import { styles } from './styles.ts';

/**
 * A bar of three cells: what was there, what the gift added, what is to come. Cells, because mail programs drop SVG and positions;
 * the words beside it say the same, so that nobody needs to see it.
 *
 * @param before whole percent, as `after`; above 100 is a full bar
 */
export function ProgressBar({ before, after }: { before: number; after: number }) {
  const end = Math.min(100, Math.max(0, after));
  // A gift that moves less than one percent shows as a thin line.
  const start = Math.max(0, Math.min(before, end - 1));
  const cells = [
    ['bar-before', '#24489b', start],
    ['bar-gift', '#ffc857', end - start],
    ['bar-rest', '#e9e1d4', 100 - end],
  ] as const;
  return (
    <table aria-hidden="true" role="presentation" cellPadding={0} cellSpacing={0} style={styles.bar}>
      <tbody>
        <tr>
          {cells
            .filter(([, , width]) => width > 0)
            .map(([name, color, width]) => (
              <td
                key={name}
                className={name}
                width={`${width}%`}
                style={{ ...styles.barCell, backgroundColor: color }}
              >
                &nbsp;
              </td>
            ))}
        </tr>
      </tbody>
    </table>
  );
}
