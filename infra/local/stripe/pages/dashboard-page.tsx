import { raw } from 'hono/html';
import type { Account } from '../account/account.ts';
import type { Webhooks } from '../account/webhooks.ts';
import { balanceOf } from '../objects/balance-transactions.ts';
import { testCards } from '../objects/test-methods.ts';
import { Events } from './dashboard-events.tsx';
import { Disputes, Payouts } from './dashboard-money.tsx';
import { Press } from './dashboard-parts.tsx';
import { Payments, Refunds, Sessions } from './dashboard-payments.tsx';
import { dashboardStyles } from './dashboard-styles.ts';
import { showAmount } from './hosted-words.ts';

const shown = 50;
const parts = ['sessions', 'payments', 'refunds', 'disputes', 'payouts', 'events'] as const;

interface DashboardProps {
  readonly account: Account;
  readonly webhooks: Webhooks;
}

/** Lists what the local Stripe holds, with the buttons for what payers, banks and Stripe's own deliveries do. */
export function DashboardPage({ account, webhooks }: DashboardProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <meta name="robots" content="noindex" />
          <title>Local Stripe</title>
          <style>{raw(dashboardStyles)}</style>
        </head>
        <body>
          <div class="demonstration">Demonstration: this is the local Stripe. No real money moves.</div>
          <main>
            <h1>{account.name}</h1>
            <nav aria-label="Parts of this page">
              {parts.map((part) => (
                <a href={`#${part}`} key={part}>
                  {`${part[0]?.toUpperCase()}${part.slice(1)}`}
                </a>
              ))}
              <a href="#cards">Test cards</a>
              <a href="/">Refresh</a>
            </nav>
            <Tiles account={account} webhooks={webhooks} />
            <Sessions account={account} shown={shown} />
            <Payments account={account} shown={shown} />
            <Refunds account={account} shown={shown} />
            <Disputes account={account} shown={shown} />
            <Payouts account={account} shown={shown} />
            <Events account={account} shown={shown} />
            <TestCards />
            <p class="soft">
              The newest {shown} of each kind, in Hong Kong time. Everything here is gone when the program
              ends.
            </p>
          </main>
        </body>
      </html>
    </>
  );
}

function Tiles({ account, webhooks }: DashboardProps) {
  const balance = balanceOf(account);
  const show = (entries: readonly { amount: number; currency: string }[]) =>
    entries.map(({ amount, currency }) => <b key={currency}>{showAmount(amount, currency)}</b>);
  return (
    <div class="tiles">
      <div class="tile">
        <span>Available</span>
        {show(balance.available)}
      </div>
      <div class="tile">
        <span>Pending</span>
        {show(balance.pending)}
      </div>
      <div class={webhooks.isHolding ? 'tile holding' : 'tile'}>
        <span>Webhooks</span>
        {webhooks.isHolding ? (
          <>
            <b>{webhooks.held().length} held</b>
            <Press
              path="/__local/release"
              label="Release, oldest first"
              name="order"
              value="oldest-first"
              isMain
            />
            <Press path="/__local/release" label="Release, newest first" name="order" value="newest-first" />
          </>
        ) : (
          <>
            <b>go out at once</b>
            <Press path="/__local/hold" label="Hold new webhooks" />
          </>
        )}
      </div>
    </div>
  );
}

function TestCards() {
  return (
    <section id="cards">
      <div class="head">
        <h2>Test cards</h2>
        <span class="soft">any name, any date ahead, any three digits</span>
      </div>
      <dl class="cards">
        {testCards.map(({ number, title }) => (
          <>
            <dt>{number.replaceAll(/(\d{4})(?=\d)/g, '$1 ')}</dt>
            <dd>{title}</dd>
          </>
        ))}
      </dl>
    </section>
  );
}
