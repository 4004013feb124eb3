import type { Account } from '../account/account.ts';
import { allowsStep, type DisputeStep, disputeSteps } from '../objects/disputes.ts';
import { allowsPayoutStep, type PayoutStep, payoutSteps } from '../objects/payouts.ts';
import { Badge, Press, Section, Time } from './dashboard-parts.tsx';
import { showAmount } from './hosted-words.ts';

interface PartProps {
  readonly account: Account;
  /** How many of the newest are shown. */
  readonly shown: number;
}

const disputeLabels: Record<DisputeStep, string> = {
  escalate: 'Withdraw the money',
  win: 'Won',
  lose: 'Lost',
  'close-inquiry': 'Close the inquiry',
  appeal: 'The bank appeals',
  prevent: 'Prevented',
};

const payoutLabels: Record<PayoutStep, string> = {
  pay: 'Arrives at the bank',
  fail: 'Fails',
  reconcile: 'Reconciliation completed',
};

/** Disputes and the bank's next steps. */
export function Disputes({ account, shown }: PartProps) {
  return (
    <Section
      id="disputes"
      title="Disputes"
      empty="None. Pay with 4000 0000 0000 0259, or dispute a payment above."
      items={account.store.disputes.newestFirst().slice(0, shown)}
      columns={[
        { head: 'Dispute', kind: 'id', cell: ({ id }) => id },
        { head: 'Charge', kind: 'id', cell: ({ charge }) => String(charge) },
        { head: 'Amount', kind: 'amount', cell: ({ amount, currency }) => showAmount(amount, currency) },
        {
          head: 'Answer by',
          cell: ({ evidence_details: { due_by: due } }) => (due ? <Time at={due} /> : null),
        },
        { head: 'Status', cell: ({ status }) => <Badge word={status} /> },
        {
          head: '',
          kind: 'actions',
          cell: (dispute) => (
            <Steps
              path={`/__local/disputes/${dispute.id}/move`}
              labels={disputeLabels}
              steps={disputeSteps.filter((step) => allowsStep(dispute, step))}
            />
          ),
        },
      ]}
    />
  );
}

/** Payouts and what the bank does with them. */
export function Payouts({ account, shown }: PartProps) {
  return (
    <Section
      id="payouts"
      title="Payouts"
      empty="None yet."
      items={account.store.payouts.newestFirst().slice(0, shown)}
      columns={[
        { head: 'Payout', kind: 'id', cell: ({ id }) => id },
        { head: 'Made', cell: ({ created }) => <Time at={created} /> },
        { head: 'Amount', kind: 'amount', cell: ({ amount, currency }) => showAmount(amount, currency) },
        { head: 'Status', cell: ({ status }) => <Badge word={status} /> },
        { head: 'Reconciliation', cell: (payout) => <Badge word={payout.reconciliation_status} /> },
        {
          head: '',
          kind: 'actions',
          cell: (payout) => (
            <Steps
              path={`/__local/payouts/${payout.id}/move`}
              labels={payoutLabels}
              steps={payoutSteps.filter((step) => allowsPayoutStep(payout, step))}
            />
          ),
        },
      ]}
    >
      <Press path="/__local/payouts" label="Pay out the balance" isMain />
    </Section>
  );
}

interface StepsProps<Step extends string> {
  readonly path: string;
  readonly labels: Readonly<Record<Step, string>>;
  readonly steps: readonly Step[];
}

/** A button for each step that is possible now. */
function Steps<Step extends string>({ path, labels, steps }: StepsProps<Step>) {
  return (
    <>
      {steps.map((step) => (
        <Press key={step} path={path} label={labels[step]} name="step" value={step} />
      ))}
    </>
  );
}
