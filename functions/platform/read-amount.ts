/** Why what a person typed is no amount of Hong Kong dollars, for a sentence about it. */
export type AmountFault =
  | 'empty'
  | 'two-numbers'
  | 'comma'
  | 'decimals'
  | 'negative'
  | 'other-currency'
  | 'no-number';

/** An amount that a person typed, in minor units (cents), or why it is none. */
export type TypedAmount = { readonly cents: number } | { readonly fault: AmountFault };

const before = /^(?:HKD?|港[幣币元紙])?\s*\$?\s*/i;
const after = /\s*(?:HKD|HK\$|\$|港[幣币元紙]|[元圓圆蚊])?\s*[正整]?$/i;

/** Digits, perhaps with commas between thousands, perhaps with a point; `0,500` is no thousand. */
const number = /^(\d+|[1-9]\d{0,2}(?:,\d{3})+)?(?:\.(\d*))?$/;

const otherCurrency =
  /[\p{Sc}--$]|[A-Z](?<!HKD?)\$|\b(?:USD?|RMB|CNY|EUR|GBP|NTD?|TWD|MOP|JPY|SGD|AUD|CAD|INR|PHP|IDR)\b|人民|美[元金]|歐元|英鎊|日[元圓]|台幣|澳門/iv;

/** More than any gift; a longer number is no longer exact. */
const mostDigits = 12;

/**
 * Reads an amount of dollars as people write them: `500`, `1,234.50`, `.50`, `500.`, `HKD 500`, `HK $500`, `500元`, also in the
 * full-width characters of Chinese keyboards, and with the invisible marks and odd spaces of a pasted text. What a person could
 * read as two numbers, or as another one, is refused rather than guessed: `500 500`, `1.234,50`, `1,23`, `500.000`.
 */
export function readAmount(typed: string): TypedAmount {
  const text = plain(typed);
  if (text === '') return { fault: 'empty' };
  const bare = text.replace(before, '').replace(after, '');
  const match = number.exec(bare);
  const [, whole = '', decimals = ''] = match ?? [];
  if (!match || (whole === '' && decimals === '')) return { fault: faultOf(text, bare) };
  if (decimals.length > 2) return { fault: 'decimals' };
  const digits = whole.replaceAll(',', '');
  if (digits.replace(/^0+/, '').length > mostDigits) return { cents: Number.MAX_SAFE_INTEGER };
  return { cents: Number(digits) * 100 + Number(decimals.padEnd(2, '0')) };
}

function faultOf(text: string, bare: string): AmountFault {
  if (otherCurrency.test(text)) return 'other-currency';
  if (/^(?:[-−–—]|\()\s*\S*\d/.test(bare) || /^[-−–—]/.test(text)) return 'negative';
  if (/\d(?=[^\d]*[^\d.,])[^\d]+\d/.test(text) && !/\d[ex]\d/i.test(text)) return 'two-numbers';
  return /^[\d.,]*,[\d.,]*$/.test(bare) && /\d/.test(bare) ? 'comma' : 'no-number';
}

/** Full-width forms of ASCII and the Chinese full stop as ASCII, each kind of space as a usual one, and no mark that nobody sees. */
function plain(typed: string): string {
  return typed
    .replaceAll(/[\p{Cf}\p{Variation_Selector}]/gu, '')
    .replaceAll(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u3002\uff61]/g, '.')
    .replaceAll(/\s/g, ' ')
    .trim();
}
