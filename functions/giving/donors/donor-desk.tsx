import type { FundName } from '#kernel/staff/desk-context.ts';
import { fundTitle } from '#kernel/staff/desk-list.tsx';
import { wholeOf } from '#payments/received/parts.ts';
import { formatDate } from '#platform/clock.ts';
import { formatMoney } from '#platform/money.ts';
import { donorWords as words } from './donor-words.ts';
import type { Erasure } from './read-erasure.ts';

/** What an erasure takes away, and what stays and why. */
export function ErasurePreview({
  asked,
  others,
  receipts,
  funds,
}: Erasure & { readonly funds: readonly FundName[] }) {
  const known = [asked, ...others].filter(({ person }) => person);
  if (known.length === 0) return null;
  return (
    <>
      <p class="lead">{words.goes}</p>
      <h2>{words.staysTitle}</h2>
      <p>{words.stays}</p>
      <ul>
        {known.map(({ payment }) => (
          <li>
            {words.stayingPayment(
              formatMoney(wholeOf(payment.parts), payment.currency),
              fundTitle(payment.fund, funds),
              formatDate(payment.at, 'en'),
            )}
          </li>
        ))}
      </ul>
      {receipts.length > 0 && (
        <>
          <p>{words.receipts}</p>
          <ul>
            {receipts.map(({ receiptName, amount, currency, at, until }) => (
              <li dir="auto">
                {words.receipt(
                  receiptName,
                  formatMoney(amount, currency),
                  formatDate(at, 'en'),
                  formatDate(until, 'en'),
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="note">{words.elsewhere}</p>
    </>
  );
}
