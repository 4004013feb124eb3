import type { Actor } from '#kernel/staff/actor.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { permit as permitFor } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { parseFields } from '#platform/http/fields.ts';
import { addressSchema, correctAddressEndpoint } from './donor-api.ts';
import { donorWords as words } from './donor-words.ts';
import { readDonor } from './read-donor.ts';

const readOf = (
  { paymentId }: { readonly paymentId: string },
  { table, actor }: Pick<Context, 'table'> & { readonly actor: Actor },
) => readDonor({ paymentId, permit: permitFor(actor, 'person.write') }, { table });

const toPayment = ({ paymentId }: { readonly paymentId: string }) => `/staff/payments/${paymentId}`;

const address = deskForm({
  operation: correctAddressEndpoint,
  path: '/staff/payments/{paymentId}/address',
  read: readOf,
  title: ({ asked }) => words.addressTitle(asked.person?.name ?? words.nobody),
  over: ({ asked }) => (asked.person ? undefined : words.erased),
  about: ({ asked }) => words.addressNow(asked.person?.email || words.noEmail),
  fields: () => [{ name: 'email', kind: 'email', label: words.email, hint: words.emailHint }],
  button: words.goOn,
  confirm: (body, { asked, others }) => {
    const { email } = parseFields(addressSchema, body);
    const name = asked.person?.name ?? words.nobody;
    const same = others.filter(({ person }) => person?.email === asked.person?.email).length;
    return { sentence: words.addressSentence(name, email, same), button: words.addressButton(email) };
  },
  back: toPayment,
  done: 'address',
});

/** The pages of what is kept of a donor. */
export const donorPages = [...address];
