import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { stageOf } from '../../infra/stages.ts';
import { TideoverApp } from '../../infra/tideover-app.ts';
import { someSignIn } from '../support/synthesis.ts';

const app = (stage: string, more: object = {}) =>
  new TideoverApp({ context: { stage, 'aws:cdk:bundling-stacks': [], ...more } });

describe('the checks of AWS Solutions', () => {
  it.each(['dev', 'prod'])('have nothing left to say about %s', (stage) => {
    expect(() => app(stage).synth()).not.toThrow();
  });

  it('have nothing left to say about a stage with a sign-in for the staff', () => {
    expect(() => app('dev', { signIn: someSignIn }).synth()).not.toThrow();
  });

  it('stop the synthesis of what they object to', () => {
    const careless = app('dev');
    new Queue(careless.service, 'Careless');
    expect(() => careless.synth()).toThrow(/Careless.*\n.*AwsSolutions-SQS3/);
  });
});

describe('a stage', () => {
  it('is dev unless it is named', () => {
    expect(stageOf(undefined).name).toBe('dev');
  });

  it.each(['staging', '', 7, 'toString'])('%j is refused by name', (name) => {
    expect(() => stageOf(name)).toThrow(/stage is .*must be one of dev, prod/);
  });
});
