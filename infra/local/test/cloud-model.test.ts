import { expect, test } from 'vitest';
import { buildModel } from '../template/model.ts';
import type { Assembly, Template } from '../template/template.ts';

const place = {
  region: 'ap-east-1',
  account: '111122223333',
  siteUrl: 'http://127.0.0.1:8787',
  servicesUrl: 'http://127.0.0.1:9999',
};
const assembly = (...templates: Template[]): Assembly => ({
  stacks: templates.map((template, i) => ({ name: `Stack${i}`, template })),
  assets: new Map(),
});
const queueNamed = (QueueName: unknown): Template => ({
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName } } },
});
const nameOf = (name: unknown, ...others: Template[]) =>
  buildModel(assembly(queueNamed(name), ...others), place).of('AWS::SQS::Queue')[0]?.properties.QueueName;

test.each([
  ['pseudo parameters', { Ref: 'AWS::Region' }, 'ap-east-1'],
  ['Fn::Join', { 'Fn::Join': ['-', ['mail', { Ref: 'AWS::AccountId' }]] }, 'mail-111122223333'],
  ['Fn::Sub with names and literals', { 'Fn::Sub': `\${AWS::StackName}-\${!x}` }, `Stack0-\${x}`],
  ['Fn::Sub with its own names', { 'Fn::Sub': [`\${a}b`, { a: 'c' }] }, 'cb'],
  ['Fn::Select of Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
])('%s are resolved', (_, value, expected) => {
  expect(nameOf(value)).toBe(expected);
});

test('an imported value is what the other stack exports', () => {
  const exporting: Template = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'alarms' } } },
    Outputs: { Out: { Value: { 'Fn::GetAtt': ['Topic', 'TopicName'] }, Export: { Name: 'data:Topic' } } },
  };
  expect(nameOf({ 'Fn::ImportValue': 'data:Topic' }, exporting)).toBe('alarms');
  expect(() => nameOf({ 'Fn::ImportValue': 'data:Other' }, exporting)).toThrow('no stack exports data:Other');
});

test("an API's own address is the site's", () => {
  const parts = [
    'https://',
    { Ref: 'AWS::Region' },
    '.execute-api.ap-east-1.',
    { Ref: 'AWS::URLSuffix' },
    '/x',
  ];
  expect(nameOf({ 'Fn::Join': ['', parts] })).toBe('http://127.0.0.1:8787/x');
});

test.each([
  ['an intrinsic function', queueNamed({ 'Fn::If': ['a', 'b', 'c'] }), /Stack0\/Queue\.QueueName.*Fn::If/],
  ['a name', queueNamed({ Ref: 'Nobody' }), /Stack0\/Queue\.QueueName.*Nobody/],
  [
    'an attribute',
    {
      Resources: {
        ...queueNamed({ 'Fn::GetAtt': ['Topic', 'Color'] }).Resources,
        Topic: { Type: 'AWS::SNS::Topic' },
      },
    },
    /Queue\.QueueName.*Color/,
  ],
  ['a name made of itself', queueNamed({ 'Fn::GetAtt': ['Queue', 'Arn'] }), /Queue\.QueueName.*itself/],
  ['a resource type', { Resources: { Net: { Type: 'AWS::EC2::VPC' } } }, /Stack0\/Net.*AWS::EC2::VPC/],
  [
    'a property',
    { Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } } } },
    /Stack0\/Queue.*AWS::SQS::Queue.*FifoQueue/,
  ],
  [
    'a conditional resource',
    { Resources: { Queue: { Type: 'AWS::SQS::Queue', Condition: 'IsProd' } } },
    /Stack0\/Queue.*conditional/,
  ],
])('%s that the local cloud does not know is an error that names it', (_, template, message) => {
  expect(() => buildModel(assembly(template), place)).toThrow(message);
});

test('what has no effect on a laptop may stand in the template', () => {
  const template: Template = {
    Resources: { Topic: { Type: 'AWS::SNS::Topic', Properties: { Any: 1 } } },
  };
  expect(() => buildModel(assembly(template), place)).not.toThrow();
});
