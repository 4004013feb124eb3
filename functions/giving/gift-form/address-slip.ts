import { type FieldError, Problem } from '#platform/errors.ts';
import { inOwnLetters, readMailAddress } from '#platform/mail-address.ts';

/** Mail domains that are common in Hong Kong: a domain that is close to one of them is likely a typing error. */
const common = [
  'gmail.com',
  'yahoo.com',
  'yahoo.com.hk',
  'hotmail.com',
  'hotmail.com.hk',
  'outlook.com',
  'icloud.com',
  'protonmail.com',
  'googlemail.com',
  'netvigator.com',
  'biznetvigator.com',
  'hkbn.net',
  'i-cable.com',
  'ctimail.com',
  'connect.hku.hk',
];

/** Real domains that are close to a common one: no question about them. */
const others = new Set([
  ...[
    'mail.com',
    'email.com',
    'ymail.com',
    'gmx.com',
    'gmx.net',
    'qq.com',
    '163.com',
    '126.com',
    'live.hk',
    'live.com',
  ],
  ...[
    'me.com',
    'msn.com',
    'aol.com',
    'outlook.hk',
    'hotmail.hk',
    'proton.me',
    'cable.com',
    'cloud.com',
    'rocketmail.com',
  ],
  ...['yahoo.ca', 'yahoo.cn', 'yahoo.com.cn', 'hkbn.com', 'foxmail.com', 'vip.163.com'],
]);

/** Endings that do not exist, or that are far more often a typing error of `.com` than meant. */
const brokenEnding = /\.(?:con|cpm|cim|vom|xom|ocm|cmo|comm|coom|c0m)$/;

/**
 * The address that a donor likely meant, where the typed domain is a typing error of a common one (`gmial.com`, `yahoo.con`).
 * @param address as `readMailAddress` returns it
 * @returns undefined when the domain is fine, or a real one of its own
 */
export function likelyMeant(address: string): string | undefined {
  const at = address.lastIndexOf('@');
  const domain = address.slice(at + 1).toLowerCase();
  if (common.includes(domain) || others.has(domain)) return undefined;
  const mended = domain.replace(brokenEnding, '.com');
  const meant = common.includes(mended)
    ? mended
    : (nearest(domain) ?? (mended === domain ? undefined : mended));
  return meant && `${address.slice(0, at)}@${meant}`;
}

/**
 * The address to ask about before a typed text is accepted, as its owner would write it.
 * @returns undefined when there is nothing to ask, or the text is no address
 */
export function slipIn(typed: string): string | undefined {
  const read = readMailAddress(typed);
  const meant = 'address' in read ? likelyMeant(read.address) : undefined;
  return meant && inOwnLetters(meant);
}

/** The common domain that is one typing error away; for longer domains with the same ending, two. */
function nearest(domain: string): string | undefined {
  const ending = domain.slice(domain.lastIndexOf('.'));
  return (
    common.find((each) => slips(domain, each) === 1) ??
    common.find(
      (each) =>
        each.length > 10 && each.endsWith(ending) && each[0] === domain[0] && slips(domain, each) === 2,
    )
  );
}

/** How many letters were left out, added, changed or swapped with their neighbour (optimal string alignment). */
function slips(typed: string, meant: string): number {
  if (Math.abs(typed.length - meant.length) > 2) return 3;
  const rows: number[][] = [Array.from({ length: meant.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= typed.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= meant.length; j += 1) {
      const same = typed[i - 1] === meant[j - 1];
      const swapped = i > 1 && j > 1 && typed[i - 1] === meant[j - 2] && typed[i - 2] === meant[j - 1];
      row.push(
        Math.min(
          (rows[i - 1]?.[j] ?? 9) + 1,
          (row[j - 1] ?? 9) + 1,
          (rows[i - 1]?.[j - 1] ?? 9) + (same ? 0 : 1),
          swapped ? (rows[i - 2]?.[j - 2] ?? 9) + 1 : 9,
        ),
      );
    }
    rows.push(row);
  }
  return rows[typed.length]?.[meant.length] ?? 9;
}

/** Asks whether another address was meant, together with everything else that is wrong. Only forms ask: a program sends what it means. */
export class SlipProblem extends Problem {
  readonly meant: string;

  constructor(meant: string, others: readonly FieldError[]) {
    super('invalid', `Did you mean ${meant}?`, {
      errors: [...others, { pointer: '/email', detail: 'Is it right?' }],
    });
    this.meant = meant;
  }
}
