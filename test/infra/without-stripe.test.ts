import { expect, it } from 'vitest';
import { resourcesOf, someSignIn, synthesize } from '../support/synthesis.ts';

it('a stage without Stripe has no key of it, no webhook and no alarm about one, and all its schedules', () => {
  const { service } = synthesize('prod', someSignIn, { payments: 'none' });
  const template = JSON.stringify(service.toJSON());
  expect(template).not.toMatch(/STRIPE_(?:SECRET|WEBHOOK)|stripe-key|stripe-webhook|stripe\/webhook/);
  expect(resourcesOf(service, 'AWS::CloudWatch::Alarm').size).toBe(5);
  expect(resourcesOf(service, 'AWS::Scheduler::Schedule').size).toBe(4);
  expect(template).toContain('/resend/webhook');
});
