import type { LineItem, Session } from '../account/store.ts';
import { type HostedWords, showAmount } from './hosted-words.ts';
import { PageFrame } from './page-frame.tsx';

/** What the payer typed. */
export interface PaymentForm {
  readonly email: string;
  readonly method: string;
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly name: string;
}

interface HostedPageProps {
  readonly words: HostedWords;
  readonly accountName: string;
  readonly session: Session;
  readonly items: readonly LineItem[];
  readonly form: PaymentForm;
  readonly problem: string | undefined;
}

/** The form that pays a Session. */
export function HostedPage({ words, accountName, session, items, form, problem }: HostedPageProps) {
  const currency = session.currency ?? 'hkd';
  const amount = showAmount(session.amount_total ?? 0, currency);
  const note = session.custom_text.submit?.message;
  return (
    <PageFrame language={words.language} title={words.pay(amount)} banner={words.demonstration}>
      <h1>{words.to(accountName)}</h1>
      <p class="amount">{amount}</p>
      <ul class="items">
        {items.map((item) => (
          <li key={item.id}>
            <span>
              {item.description}
              {item.quantity !== null && item.quantity > 1 ? ` × ${item.quantity}` : ''}
            </span>
            <span>{showAmount(item.amount_total, currency)}</span>
          </li>
        ))}
      </ul>
      {problem === undefined ? null : (
        <p class="problem" role="alert">
          {problem}
        </p>
      )}
      <form class="pay" method="post" action={`/c/pay/${session.id}`}>
        <label>
          {words.email}
          <input
            type="email"
            name="email"
            required
            maxlength={320}
            autocomplete="email"
            value={form.email}
            readonly={session.customer_email !== null}
          />
        </label>
        <label>
          {words.method}
          <select name="method">
            <option value="card" selected={form.method === 'card'}>
              {words.card}
            </option>
            <option value="delayed-succeeds" selected={form.method === 'delayed-succeeds'}>
              {words.delayedSucceeds}
            </option>
            <option value="delayed-fails" selected={form.method === 'delayed-fails'}>
              {words.delayedFails}
            </option>
          </select>
        </label>
        <CardFields words={words} form={form} />
        {note === undefined ? null : <p class="note">{note}</p>}
        <button type="submit">{words.pay(amount)}</button>
      </form>
      {session.cancel_url === null ? null : (
        <p>
          <a href={session.cancel_url}>{words.back}</a>
        </p>
      )}
      <TestCards words={words} />
    </PageFrame>
  );
}

function CardFields({ words, form }: { readonly words: HostedWords; readonly form: PaymentForm }) {
  return (
    <>
      <label>
        {words.number}
        <input
          name="number"
          inputmode="numeric"
          autocomplete="off"
          maxlength={23}
          placeholder="4242 4242 4242 4242"
          value={form.number}
        />
      </label>
      <div class="pair">
        <label>
          {words.expiry}
          <input
            name="expiry"
            inputmode="numeric"
            autocomplete="off"
            maxlength={9}
            placeholder="12 / 34"
            value={form.expiry}
          />
        </label>
        <label>
          {words.cvc}
          <input
            name="cvc"
            inputmode="numeric"
            autocomplete="off"
            maxlength={4}
            placeholder="123"
            value={form.cvc}
          />
        </label>
      </div>
      <label>
        {words.name}
        <input name="name" autocomplete="name" maxlength={200} value={form.name} />
      </label>
    </>
  );
}

function TestCards({ words }: { readonly words: HostedWords }) {
  return (
    <div class="note">
      <strong>{words.testCards}</strong>
      <br />
      <code>4242 4242 4242 4242</code> {words.pays}
      <br />
      <code>4000 0000 0000 0002</code> {words.declines}
      <br />
      <code>4000 0025 0000 3155</code> {words.authenticates}
    </div>
  );
}

interface AuthenticationPageProps {
  readonly words: HostedWords;
  /** In cents, with its currency. */
  readonly amount: number;
  readonly currency: string;
  /** Where the answer goes. */
  readonly action: string;
}

/** The bank's question, for the card that asks for authentication. */
export function AuthenticationPage({ words, amount, currency, action }: AuthenticationPageProps) {
  return (
    <PageFrame language={words.language} title={words.bankTitle} banner={words.demonstration}>
      <h1>{words.bankTitle}</h1>
      <p>{words.bankText(showAmount(amount, currency))}</p>
      <form method="post" action={action}>
        <button type="submit" name="answer" value="confirm">
          {words.bankYes}
        </button>{' '}
        <button type="submit" name="answer" value="refuse" class="quiet">
          {words.bankNo}
        </button>
      </form>
    </PageFrame>
  );
}

interface ClosedPageProps {
  readonly words: HostedWords;
  readonly session: Session;
}

/** What stands in place of the form once a Session is paid or expired. */
export function ClosedPage({ words, session }: ClosedPageProps) {
  return (
    <PageFrame language={words.language} title={words.over} banner={words.demonstration}>
      <h1>{words.over}</h1>
      {session.cancel_url === null ? null : (
        <p>
          <a href={session.cancel_url}>{words.back}</a>
        </p>
      )}
    </PageFrame>
  );
}
