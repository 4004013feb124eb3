import { readListed } from '#apps/staff/payments/read-listed.ts';
import { listWaitingComments } from '#giving/comments/list-waiting-comments.ts';
import type { ListedAttention } from '#kernel/attention/attention-item.ts';
import { listOpenAttention } from '#kernel/attention/list-open-attention.ts';
import type { Actor } from '#kernel/staff/actor.ts';
import { deskPage } from '#kernel/staff/desk-endpoint.ts';
import { mayDo, permit } from '#kernel/staff/rights.ts';
import { fromPaymentItem } from '#payments/payment/payment-item.ts';
import { isPaymentId } from '#payments/payment/read-payment.ts';
import type { Context } from '#platform/context/context.ts';
import { keys } from '#platform/table/keys.ts';
import { readIntact } from '#platform/table/read-item.ts';
import { readItems } from '#platform/table/table.ts';
import { WaitingDesk, type WaitingThing } from './waiting-desk.tsx';
import { waitingWords as words } from './waiting-words.ts';

const waiting = deskPage({
  path: '/staff/waiting',
  right: null,
  label: words.label,
  input: {},
  read: async (_, { table, now, actor }) => {
    const [things, comments] = await Promise.all([
      mayDo(actor, 'attention.read') ? readThings({ actor }, { table, now }) : undefined,
      mayDo(actor, 'words.moderate') ? listWaitingComments({ table, now }) : undefined,
    ]);
    return { things, comments: comments?.length };
  },
  title: () => words.title,
  show: (data, view) => WaitingDesk({ waiting: data, view }),
});

/** Reads what waits for a person, with the payments that it is about: two requests more. */
async function readThings(
  { actor }: { readonly actor: Actor },
  { table, now }: Pick<Context, 'table' | 'now'>,
): Promise<WaitingThing[]> {
  const open = await listOpenAttention({ permit: permit(actor, 'attention.read') }, { table, now });
  const wanted = open.flatMap((attention) => paymentsIn(attention)).map(keys.payment);
  const found = await readItems(table, wanted);
  const payments = readIntact(
    wanted.flatMap((key) => found.itemAt(key) ?? []),
    fromPaymentItem,
  );
  const listed = await readListed(payments, { table, actor });
  return open.map((attention) => {
    const ids = paymentsIn(attention);
    return { attention, about: listed.find(({ payment }) => ids.includes(payment.paymentId)) };
  });
}

/** The payment that it may be about: named so, or by the id alone, which for a mail follows the kind of mail. */
function paymentsIn({ id, paymentId }: ListedAttention): string[] {
  return [paymentId ?? id.split('/').at(id.includes('/') ? 1 : 0) ?? ''].filter(isPaymentId);
}

/** The page of what waits. */
export const waitingPages = [waiting];
