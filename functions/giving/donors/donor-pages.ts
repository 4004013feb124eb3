import type { Actor } from '#kernel/staff/actor.ts';
import type { DeclaredDeskPage } from '#kernel/staff/desk-context.ts';
import { answer, foundFor } from '#kernel/staff/desk-endpoint.ts';
import { deskForm } from '#kernel/staff/form-endpoint.ts';
import { permit as permitFor } from '#kernel/staff/rights.ts';
import type { Context } from '#platform/context/context.ts';
import { parseFields } from '#platform/http/fields.ts';
import { donorDataJson } from './donor-answer.ts';
import { addressSchema, correctAddressEndpoint, eraseEndpoint } from './donor-api.ts';
import { ErasurePreview } from './donor-desk.tsx';
import { donorWords as words } from './donor-words.ts';
import { type DonorPayment, readDonor } from './read-donor.ts';
import { readDonorData } from './read-donor-data.ts';
import { readErasure } from './read-erasure.ts';

const readOf = (
  { paymentId }: { readonly paymentId: string },
  { table, actor }: Pick<Context, 'table'> & { readonly actor: Actor },
) => readDonor({ paymentId, permit: permitFor(actor, 'person.read') }, { table });

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

const erase = deskForm({
  operation: eraseEndpoint,
  path: '/staff/payments/{paymentId}/erasure',
  read: async ({ paymentId }, { table, now, actor, funds }) => {
    const permit = permitFor(actor, 'person.read');
    const [names, erasure] = await Promise.all([funds(), readErasure({ paymentId, permit }, { table, now })]);
    return { ...erasure, funds: names };
  },
  title: ({ asked }) => words.eraseTitle(asked.person?.name ?? words.nobody),
  over: ({ asked, others, stops }) => {
    if ([asked, ...others].every(({ person }) => !person)) return words.erased;
    return stops.length > 0 ? words.stopped(stops) : undefined;
  },
  about: (erasure) => ErasurePreview(erasure),
  fields: () => [],
  button: words.goOn,
  confirm: (_, { asked, others }) => {
    const name = nameIn([asked, ...others]);
    return { sentence: words.eraseSentence(name), button: words.eraseButton(name) };
  },
  back: toPayment,
  done: 'erased',
});

function nameIn(all: readonly DonorPayment[]): string {
  return all.find(({ person }) => person)?.person?.name ?? words.nobody;
}

/** A file for the donor who asks what is kept. */
const data: DeclaredDeskPage = {
  ...{ method: 'get', path: '/staff/payments/:paymentId/donor', right: 'person.read' },
  respond: (c, desk) =>
    answer(c, desk, async () => {
      const { permit, table, now } = foundFor(c, 'person.read', desk);
      const paymentId = c.req.param('paymentId') ?? '';
      const file = donorDataJson(await readDonorData({ paymentId, permit }, { table, now }));
      return c.body(`${JSON.stringify(file, null, 2)}\n`, 200, {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': `attachment; filename="donor-${paymentId}.json"`,
        'cache-control': 'no-store',
      });
    }),
};

/** The pages of what is kept of a donor. */
export const donorPages = [...address, ...erase, data];
