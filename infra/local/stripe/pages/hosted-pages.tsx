import { type Context, Hono } from 'hono';
import { refuseForeignForms } from '../../same-site.ts';
import type { Account } from '../account/account.ts';
import type { Session } from '../account/store.ts';
import { authenticatePayment, type PaymentResult } from '../objects/payment-attempts.ts';
import { answerAuthentication, paySession } from '../objects/payments.ts';
import { resourceMissing } from '../protocol/errors.ts';
import { AuthenticationPage, ClosedPage, HostedPage, type PaymentForm } from './hosted-page.tsx';
import { type HostedWords, wordsFor } from './hosted-words.ts';
import { methodOfForm, readPaymentForm } from './payment-form.ts';

/** The pages of Checkout in a browser. They work without JavaScript. */
export function createHostedPages(account: Account): Hono {
  const pages = new Hono();
  pages.use('/c/*', refuseForeignForms);
  pages.get('/c/pay/:id', (context) => {
    const { session, words } = visit(account, context);
    if (session.status !== 'open') return context.html(<ClosedPage words={words} session={session} />);
    const email = session.customer_details?.email ?? '';
    const form = { email, method: 'card', number: '', expiry: '', cvc: '', name: '' };
    const problem = context.req.query('refused') === undefined ? undefined : words.bankFailed;
    return showForm(account, context, session, form, problem);
  });
  pages.post('/c/pay/:id', async (context) => {
    const { session, words } = visit(account, context);
    if (session.status !== 'open') return context.html(<ClosedPage words={words} session={session} />, 409);
    const form = readPaymentForm(await context.req.parseBody(), session);
    const method = methodOfForm(account, form, words);
    if (typeof method === 'string') return showForm(account, context, session, form, method);
    const payer = { name: method.billing_details.name, email: form.email };
    const result = paySession(account, session, method, payer);
    if (result === 'declined') return showForm(account, context, session, form, words.declined);
    return context.redirect(nextUrl(session, result), 303);
  });
  pages.get('/c/pay/:id/authenticate', (context) => {
    const { session, words } = visit(account, context);
    if (session.status !== 'open') return context.html(<ClosedPage words={words} session={session} />);
    return context.html(
      <AuthenticationPage
        words={words}
        amount={session.amount_total ?? 0}
        currency={session.currency ?? 'hkd'}
        action={context.req.path}
      />,
    );
  });
  pages.post('/c/pay/:id/authenticate', async (context) => {
    const { session, words } = visit(account, context);
    if (session.status !== 'open') return context.html(<ClosedPage words={words} session={session} />, 409);
    const { answer } = await context.req.parseBody();
    return context.redirect(
      nextUrl(session, answerAuthentication(account, session, answer === 'confirm')),
      303,
    );
  });
  addIntentAuthentication(pages, account);
  return pages;
}

/** The bank's question about a PaymentIntent that no Session made. */
function addIntentAuthentication(pages: Hono, account: Account): void {
  const visitIntent = (context: Context) => {
    const id = context.req.param('id') ?? '';
    const intent = account.store.paymentIntents.find(id);
    if (!intent) throw resourceMissing('payment_intent', id);
    return intent;
  };
  pages.get('/c/authenticate/:id', (context) => {
    const { amount, currency } = visitIntent(context);
    const words = wordsFor(null, context.req.header('accept-language') ?? '');
    return context.html(
      <AuthenticationPage words={words} amount={amount} currency={currency} action={context.req.path} />,
    );
  });
  pages.post('/c/authenticate/:id', async (context) => {
    const intent = visitIntent(context);
    const next = intent.next_action?.redirect_to_url?.return_url ?? '/';
    const { answer } = await context.req.parseBody();
    authenticatePayment(account, intent, answer === 'confirm');
    return context.redirect(next, 303);
  });
}

function visit(account: Account, context: Context): { session: Session; words: HostedWords } {
  const id = context.req.param('id') ?? '';
  const session = account.store.sessions.find(id);
  if (!session) throw resourceMissing('checkout.session', id);
  context.header('cache-control', 'no-store');
  context.header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'");
  return { session, words: wordsFor(session.locale, context.req.header('accept-language') ?? '') };
}

function showForm(
  account: Account,
  context: Context,
  session: Session,
  form: PaymentForm,
  problem: string | undefined,
): Response | Promise<Response> {
  const words = wordsFor(session.locale, context.req.header('accept-language') ?? '');
  return context.html(
    <HostedPage
      words={words}
      accountName={account.name}
      session={session}
      items={account.store.lineItems.get(session.id) ?? []}
      form={form}
      problem={problem}
    />,
    problem === undefined ? 200 : 402,
  );
}

function nextUrl(session: Session, result: PaymentResult): string {
  if (result === 'authenticate') return `/c/pay/${session.id}/authenticate`;
  if (result === 'declined') return `/c/pay/${session.id}?refused`;
  return (session.success_url ?? '/').replaceAll('{CHECKOUT_SESSION_ID}', session.id);
}
