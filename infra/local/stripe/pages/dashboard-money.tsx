import type { Account } from '../account.ts';
import { allowsStep, type DisputeStep, disputeSteps } from '../objects/disputes.ts';
import { allowsPayoutStep, type PayoutStep, payoutSteps } from '../objects/payouts.ts';
import { Badge, Cell, Press, Section, Time } from './dashboard-parts.tsx';
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
      columns={['Dispute', 'Charge', 'Amount', 'Answer by', 'Status', '']}
      rows={account.store.disputes
        .newestFirst()
        .slice(0, shown)
        .map((dispute) => (
          <tr key={dispute.id}>
            <Cell label="Dispute" kind="id">
              {dispute.id}
            </Cell>
            <Cell label="Charge" kind="id">
              {String(dispute.charge)}
            </Cell>
            <Cell label="Amount" kind="amount">
              {showAmount(dispute.amount, dispute.currency)}
            </Cell>
            <Cell label="Answer by">
              {dispute.evidence_details.due_by ? <Time at={dispute.evidence_details.due_by} /> : null}
            </Cell>
            <Cell label="Status">
              <Badge word={dispute.status} />
            </Cell>
            <Cell label="" kind="actions">
              {disputeSteps
                .filter((step) => allowsStep(dispute, step))
                .map((step) => (
                  <Press
                    key={step}
                    path={`/__local/disputes/${dispute.id}/move`}
                    label={disputeLabels[step]}
                    name="step"
                    value={step}
                  />
                ))}
            </Cell>
          </tr>
        ))}
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
      columns={['Payout', 'Made', 'Amount', 'Status', 'Reconciliation', '']}
      rows={account.store.payouts
        .newestFirst()
        .slice(0, shown)
        .map((payout) => (
          <tr key={payout.id}>
            <Cell label="Payout" kind="id">
              {payout.id}
            </Cell>
            <Cell label="Made">
              <Time at={payout.created} />
            </Cell>
            <Cell label="Amount" kind="amount">
              {showAmount(payout.amount, payout.currency)}
            </Cell>
            <Cell label="Status">
              <Badge word={payout.status} />
            </Cell>
            <Cell label="Reconciliation">
              <Badge word={payout.reconciliation_status} />
            </Cell>
            <Cell label="" kind="actions">
              {payoutSteps
                .filter((step) => allowsPayoutStep(payout, step))
                .map((step) => (
                  <Press
                    key={step}
                    path={`/__local/payouts/${payout.id}/move`}
                    label={payoutLabels[step]}
                    name="step"
                    value={step}
                  />
                ))}
            </Cell>
          </tr>
        ))}
    >
      <Press path="/__local/payouts" label="Pay out the balance" isMain />
    </Section>
  );
}
