import type { DeskView } from '#kernel/staff/desk-endpoint.ts';
import { ActionButton } from '#kernel/staff/desk-form.tsx';
import { mayDo } from '#kernel/staff/rights.ts';
import { type Payment, refundableAmount } from '#payments/payment/payment.ts';
import { paymentWords as words } from './payment-words.ts';
import type { OnPage, ShownPerson } from './read-listed.ts';

interface ActsProps {
  readonly payment: Payment;
  readonly shown: ShownPerson;
  readonly view: DeskView;
}

/** What can be done, by what stands there and who looks. */
export function PaymentActs({ payment, shown, view: sending }: ActsProps) {
  const { actor } = sending.session;
  const at = `/staff/payments/${payment.paymentId}`;
  const onPage = shown.kind !== 'erased' && mayDo(actor, 'words.moderate') ? shown.onPage : undefined;
  return (
    <div class="acts">
      {mayDo(actor, 'gift.refund') &&
        payment.source === 'stripe' &&
        refundableAmount(payment) > 0 &&
        !payment.disputeOpen && (
          <a class="button quiet small" href={`${at}/refund`}>
            {words.refund}
          </a>
        )}
      {mayDo(actor, 'gift.hold-release') && payment.underReview && (
        <ActionButton sending={sending} action={`${at}/release`} label={words.release} />
      )}
      {mayDo(actor, 'person.write') && shown.kind === 'known' && (
        <>
          <a class="button quiet small" href={`${at}/address`}>
            {words.correctAddress}
          </a>
          <a class="button quiet small" href={`${at}/erasure`}>
            {words.erase}
          </a>
        </>
      )}
      {mayDo(actor, 'person.read') && (
        <form method="get" action={`${at}/donor`}>
          <button type="submit" class="quiet small">
            {words.donorData}
          </button>
        </form>
      )}
      {onPage &&
        decisionsOn(onPage).map(({ about, decision, label }) => (
          <ActionButton
            {...{ sending, from: at, label }}
            action={`/staff/${about}/${payment.checkoutId}`}
            values={{ decision }}
          />
        ))}
    </div>
  );
}

interface Decision {
  /** What it is about, as the path of its form says it. */
  readonly about: 'names' | 'amounts' | 'comments';
  readonly decision: 'show' | 'hide' | 'approve' | 'refuse';
  readonly label: string;
}

/** What can be decided about what the page shows of a gift: each the other way than it stands. */
function decisionsOn(person: OnPage): Decision[] {
  const { displayName, nameState, hideName, hideAmount, message, messageState } = person;
  const hasName = displayName !== undefined && !hideName;
  const decisions: (Decision | false)[] = [
    hasName && nameState !== 'refused' && { about: 'names', decision: 'hide', label: words.hideName },
    hasName && nameState !== 'approved' && { about: 'names', decision: 'show', label: words.showName },
    hideAmount
      ? { about: 'amounts', decision: 'show', label: words.showAmount }
      : { about: 'amounts', decision: 'hide', label: words.hideAmount },
    message !== undefined &&
      messageState !== 'approved' && { about: 'comments', decision: 'approve', label: words.approve },
    message !== undefined &&
      messageState !== 'refused' && { about: 'comments', decision: 'refuse', label: words.reject },
  ];
  return decisions.filter((each) => each !== false);
}
