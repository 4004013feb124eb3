import type { Hono } from 'hono';
import { type Account, noRequest } from '../account/account.ts';
import { disputeSteps, moveDispute, openDispute } from '../objects/disputes.ts';
import { movePayout, payOut, payoutSteps } from '../objects/payouts.ts';
import { createRefund, failRefund } from '../objects/refunds.ts';
import { invalidRequest } from '../protocol/errors.ts';
import { integer, need, oneOf, text } from '../protocol/parameters.ts';
import { done, ofPath, readControl } from './control-requests.ts';

const refundFields = { amount: integer, reason: oneOf('duplicate', 'fraudulent', 'requested_by_customer') };
const disputeFields = { kind: oneOf('chargeback', 'inquiry'), amount: integer };
const faultFields = { when: oneOf('before', 'after'), path: text(), times: integer };

/** What Stripe's dashboard, the payers' banks and the account's own bank do to money that was paid. */
export function addMoneyControls(controls: Hono, account: Account): void {
  const { store } = account;
  controls.post('/__local/charges/:id/refund', async (context) => {
    const charge = ofPath(context, store.charges, 'charge');
    const input = await readControl(context, refundFields);
    return done(context, createRefund(account, { charge: charge.id, ...input }, noRequest), '#payments');
  });
  controls.post('/__local/refunds/:id/fail', async (context) => {
    await readControl(context, {});
    const refund = ofPath(context, store.refunds, 'refund');
    failRefund(account, refund);
    return done(context, refund, '#refunds');
  });
  controls.post('/__local/charges/:id/dispute', async (context) => {
    const charge = ofPath(context, store.charges, 'charge');
    const { kind, amount } = await readControl(context, disputeFields);
    return done(context, openDispute(account, charge, kind ?? 'chargeback', amount), '#disputes');
  });
  controls.post('/__local/disputes/:id/move', async (context) => {
    const dispute = ofPath(context, store.disputes, 'dispute');
    const fields = { step: oneOf(...disputeSteps), amount: integer, fee: oneOf('kept', 'back') };
    const { step, amount, fee } = await readControl(context, fields);
    moveDispute(account, dispute, need(step, 'step'), amount, noRequest, fee === 'back');
    return done(context, dispute, '#disputes');
  });
  controls.post('/__local/payouts', async (context) => {
    const { currency } = await readControl(context, { currency: text(3) });
    return done(context, payOut(account, currency), '#payouts');
  });
  controls.post('/__local/payouts/:id/move', async (context) => {
    const payout = ofPath(context, store.payouts, 'payout');
    const { step } = await readControl(context, { step: oneOf(...payoutSteps) });
    movePayout(account, payout, need(step, 'step'));
    return done(context, payout, '#payouts');
  });
  controls.post('/__local/faults', async (context) => {
    const { when, path = '/v1/', times = 1 } = await readControl(context, faultFields);
    if (times < 1 || times > 100) throw invalidRequest('times must be between 1 and 100.', 'times');
    store.faults.push({ when: need(when, 'when'), path, left: times });
    return done(context, { data: store.faults });
  });
}
