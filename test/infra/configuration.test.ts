import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RegionInfo } from 'aws-cdk-lib/region-info';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Charity, charity } from '#platform/charity.ts';
import { checkConfiguration, WrongConfigurationError } from '../../infra/configuration.ts';
import type { Stage } from '../../infra/constructs/stage.ts';
import { regions, retentions } from '../../infra/stage-schema.ts';
import { stages } from '../../infra/stages.ts';
import { TideoverApp } from '../../infra/tideover-app.ts';
import { someSignIn } from '../support/synthesis.ts';

const ada = { name: 'Ada', email: 'ada@example.org', language: 'en' } as const;

/** Every field is set. */
const fullCharity: Charity = {
  ...charity,
  address: { en: '1 Example Street, Hong Kong', 'zh-HK': '香港示例街 1 號' },
  telephone: '+852 2345 6789',
  whatsApp: 'https://wa.me/message/EXAMPLE',
  otherWays: {
    fps: { id: '1234567', payee: 'EXAMPLE SOCIETY' },
    payMe: { link: 'https://payme.example.org/society', payee: 'Example Society' },
    bank: { name: 'Example Bank', account: '000-000000-000', payee: 'EXAMPLE SOCIETY' },
    cheque: { payee: 'Example Society' },
  },
  statementDescriptor: 'EXAMPLE SOCIETY',
  section88: '91/12345',
  cardFee: { basisPoints: 340, fixed: 235 },
  trustees: [ada],
};
const fullStage: Stage = { ...stages.prod, domain: 'give.example.org', signIn: someSignIn };

/** Right for no field. */
const odd = [
  null,
  '',
  ' ',
  [],
  ['x'],
  -1,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '\u0000',
  'a\nb',
  ' a ',
  'x'.repeat(400),
  () => 1,
];
const oddTexts = [...odd, 0, 7, true, {}];
const oddBilingual = [
  ...odd,
  'a text',
  {},
  { en: 'English alone' },
  { en: 'Both', 'zh-HK': '' },
  { en: 'Both', 'zh-HK': '兩者', fr: 'deux' },
];
const oddNumbers = [...odd, '340', 1.5, 1e9, true, {}, 2n];
const oddAddresses = [
  ...oddTexts,
  'thanks',
  'thanks@',
  '@example.org',
  'a b@example.org',
  'Thanks <thanks@example.org>',
  'a@b',
  'a@example.org, b@example.org',
  'mailto:a@example.org',
  'a@example..org',
  '.a@example.org',
];
const oddThrottle = [...odd, {}, 50, { rate: 50 }, { burst: 50 }];

const charityMutations: Record<string, readonly unknown[]> = {
  name: oddBilingual,
  'name.en': oddTexts,
  'name.zh-HK': [...oddTexts, undefined],
  legalName: oddBilingual,
  'legalName.en': [...oddTexts, undefined],
  'legalName.zh-HK': oddTexts,
  about: oddBilingual,
  'about.en': oddTexts,
  'about.zh-HK': oddTexts,
  receiver: oddBilingual,
  'receiver.en': oddTexts,
  'receiver.zh-HK': oddTexts,
  receiverAbout: oddBilingual,
  'receiverAbout.en': oddTexts,
  'receiverAbout.zh-HK': oddTexts,
  paymentMeans: oddBilingual,
  'paymentMeans.en': oddTexts,
  'paymentMeans.zh-HK': oddTexts,
  address: [...oddBilingual, undefined],
  'address.en': oddTexts,
  'address.zh-HK': oddTexts,
  replyTo: [...oddAddresses, undefined],
  sender: [...oddAddresses, undefined],
  whatsApp: [
    ...oddTexts,
    'wa.me/1',
    'http://wa.me/1',
    'https://',
    'https://localhost',
    'https://user@wa.me/1',
    'https://wa.me/a b',
    'javascript:alert(1)',
    'https:/wa.me',
  ],
  trustees: [
    ...odd,
    {},
    [{ name: 'Ada', email: 'ada@example.org' }],
    [{ name: 'Ada', email: 'ada', language: 'en' }],
    [{ name: '', email: 'ada@example.org', language: 'en' }],
    [{ name: 'Ada', email: 'ada@example.org', language: 'fr' }],
    [{ name: 'Ada', email: 'ada@example.org', language: 'en', role: 'chair' }],
    [ada, { ...ada, email: 'bo@example.org' }],
    [ada, { ...ada, name: 'Bo', email: 'ADA@example.org' }],
    [{ ...ada, email: charity.replyTo }],
    [{ ...ada, email: charity.sender }],
  ],
  otherWays: [...odd, {}, { cash: { payee: 'A Society' } }],
  'otherWays.fps': [...odd, {}, { id: '1234567' }, '1234567'],
  'otherWays.fps.id': [...oddTexts, '12345678', '+852 61234567', '+852-11234567', '61234567', undefined],
  'otherWays.fps.payee': [...oddTexts, undefined],
  'otherWays.payMe': [...odd, {}, 'https://payme.example.org/society'],
  'otherWays.payMe.link': [...oddTexts, 'http://payme.example.org', undefined],
  'otherWays.payMe.payee': [...oddTexts, undefined],
  'otherWays.bank': [...odd, {}, { account: '000' }],
  'otherWays.bank.name': [...oddTexts, undefined],
  'otherWays.bank.account': [...oddTexts, undefined],
  'otherWays.bank.payee': [...oddTexts, undefined],
  'otherWays.cheque': [...odd, {}],
  'otherWays.cheque.payee': [...oddTexts, undefined],
  statementDescriptor: [
    ...oddTexts,
    'ABCD',
    'A'.repeat(23),
    '12345',
    'REFUGEE*UNION',
    "REFUGEE'S UNION",
    'A "UNION"',
    '<UNION>',
    'UNION\\HK',
    '難民協會',
    'Café Union',
    ' UNION',
  ],
  section88: [
    ...oddTexts,
    '91',
    '91/',
    '91/12',
    '12345',
    '92/12345',
    '91/1234567',
    '91/12345 ',
    'IR 91/12345',
    91,
  ],
  smallestGift: [...oddNumbers, 399, 0, 20.5, 100_001, undefined],
  cardFee: [
    ...odd,
    {},
    { basisPoints: 0, fixed: 0 },
    { basisPoints: 340 },
    { basisPoints: 340, fixed: 235, more: 1 },
  ],
  'cardFee.basisPoints': [...oddNumbers, 34_000, 3400, 3.4, 0.034, undefined],
  'cardFee.fixed': [...oddNumbers, 2.35, 10_001, undefined],
  feesBorneBy: [...oddTexts, 'Receiver', 'charity', undefined],
  telephone: [...oddTexts, 'x'.repeat(21)],
  complaints: [null, '', 'x', -1, true],
  'complaints.readers': [null, 'x', undefined, [], [{ subject: 'one', name: 'One' }]],
  'complaints.about': [
    null,
    'x',
    undefined,
    [{ id: 'all', name: { en: 'All', 'zh-HK': '所有人' }, subjects: ['staff_admin', 'staff_finance'] }],
  ],
  cardFees: [{ basisPoints: 340, fixed: 235 }, null],
};

const stageMutations: Record<string, readonly unknown[]> = {
  name: [...oddTexts, 'test', 'dev', undefined],
  region: [...oddTexts, 'hong-kong', 'ap-east-9', 'AP-EAST-1', undefined],
  domain: [
    ...oddTexts,
    'https://give.example.org',
    'give.example.org/',
    'give.example.org:443',
    'give',
    'Give.example.org',
    '-a.example.org',
    'give..org',
    '127.0.0.1',
    'give.example.org.',
  ],
  alarmMail: [...oddAddresses, undefined],
  monthlyBudget: [...odd, '50', 0, 1e9, true, {}, undefined],
  throttle: [...oddThrottle, undefined],
  'throttle.rate': [...oddNumbers, 0, 10_001, undefined],
  'throttle.burst': [...oddNumbers, 0, 5_001, undefined],
  fallbackThrottle: [...oddThrottle, undefined],
  'fallbackThrottle.rate': [...oddNumbers, 0, undefined],
  'fallbackThrottle.burst': [...oddNumbers, 0, undefined],
  webhookThrottle: [...oddThrottle, undefined],
  'webhookThrottle.rate': [...oddNumbers, 0, undefined],
  'webhookThrottle.burst': [...oddNumbers, 0, undefined],
  tableMaximum: [...oddThrottle, undefined],
  'tableMaximum.read': [...oddNumbers, 0, 40_001, undefined],
  'tableMaximum.write': [...oddNumbers, 0, 40_001, undefined],
  livemode: [...odd, 'true', 0, 1, {}, undefined],
  logRetention: [...oddNumbers, 31, 9999, undefined],
  signIn: [...odd, {}, 'https://sign-in.example.org'],
  'signIn.issuer': [
    ...oddTexts,
    'not an address',
    'sign-in.example.org',
    'http://sign-in.example.org',
    'http://127.0.0.1:9000',
    'https://sign-in.example.org?x',
    undefined,
  ],
  'signIn.audience': [...oddTexts, 'two words', undefined],
  'signIn.client': [...oddTexts, 'two words', undefined],
  'signIn.rolesClaim': [...oddTexts, 'two words', undefined],
  'signIn.scope': [...oddTexts, 'two words'],
  'signIn.pool': [...oddTexts, 'two words'],
  alarmMails: ['a@example.org'],
};

/** Every path of an object's leaves and of the objects between. */
function paths(value: object, before = ''): string[] {
  return Object.entries(value).flatMap(([key, inner]) => [
    before + key,
    ...(typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? paths(inner as object, `${before}${key}.`)
      : []),
  ]);
}

function mutate(target: object, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  let owner = target as Record<string, unknown>;
  for (const key of keys) {
    owner[key] = { ...(owner[key] as object) };
    owner = owner[key] as Record<string, unknown>;
  }
  if (value === undefined) Reflect.deleteProperty(owner, last);
  else owner[last] = value;
}

function set(target: object, fields: object): void {
  for (const key of Object.keys(target)) Reflect.deleteProperty(target, key);
  Object.assign(target, fields);
}

/** The field that a sentence of a refusal names, with what it names below it. */
const naming = (file: string, path: string) =>
  new RegExp(`^${file.replaceAll('.', '\\.')}: ${path.replaceAll('.', '\\.')}[. ].*; it must be .+\\.$`, 'm');

describe('a wrong configuration', () => {
  const configured = { charity: { ...charity }, prod: { ...stages.prod } };
  beforeEach(() => {
    set(charity, fullCharity);
    set(stages.prod, fullStage);
  });
  afterEach(() => {
    set(charity, configured.charity);
    set(stages.prod, configured.prod);
  });

  it('is tried with every field there is, and is none with every field set', () => {
    expect(Object.keys(charityMutations)).toEqual(expect.arrayContaining(paths(fullCharity)));
    expect(Object.keys(stageMutations)).toEqual(expect.arrayContaining(paths(fullStage)));
    expect(() => checkConfiguration()).not.toThrow();
  });

  it.each(Object.entries(charityMutations))(
    'of the charity is refused by the name of its field: %s',
    (path, values) => {
      for (const value of values) {
        set(charity, fullCharity);
        mutate(charity, path, value);
        expect(() => checkConfiguration(), inspect(value)).toThrow(
          naming('functions/platform/charity.ts', path),
        );
        expect(() => new TideoverApp(), inspect(value)).toThrow(WrongConfigurationError);
      }
    },
  );

  it.each(Object.entries(stageMutations))(
    'of a stage is refused by the name of its field: %s',
    (path, values) => {
      for (const value of values) {
        set(stages.prod, fullStage);
        mutate(stages.prod, path, value);
        expect(() => checkConfiguration(), inspect(value)).toThrow(naming('infra/stages.ts', `prod.${path}`));
        expect(() => new TideoverApp({ context: { stage: 'prod' } })).toThrow(WrongConfigurationError);
      }
    },
  );

  it('says one sentence for each field that is wrong: its name, what is there, what would be right', () => {
    mutate(charity, 'cardFee.basisPoints', 34_000);
    mutate(charity, 'replyTo', 'hello');
    mutate(stages.prod, 'throttle.rate', 0);
    expect(() => checkConfiguration()).toThrow(
      [
        'functions/platform/charity.ts: replyTo is "hello"; it must be an e-mail address like thanks@example.org.',
        'functions/platform/charity.ts: cardFee.basisPoints is 34000; it must be a whole number from 0 to 2000, in hundredths of a percent: 340 is 3.4%.',
        'infra/stages.ts: prod.throttle.rate is 0; it must be a whole number from 1 to 10000 requests a second.',
      ].join('\n'),
    );
  });

  it('is also one whose statement cannot follow from the receiver’s name', () => {
    mutate(charity, 'statementDescriptor', undefined);
    mutate(charity, 'receiver', { en: '難民', 'zh-HK': '難民' });
    expect(() => checkConfiguration()).toThrow(/charity\.ts: statementDescriptor is missing; it must be set/);
  });

  it('is none where what is optional is left out', () => {
    for (const path of [
      'otherWays',
      'address',
      'paymentMeans',
      'whatsApp',
      'statementDescriptor',
      'section88',
      'cardFee',
      'telephone',
      'complaints',
    ]) {
      mutate(charity, path, undefined);
    }
    for (const path of ['domain', 'signIn']) mutate(stages.prod, path, undefined);
    expect(() => checkConfiguration()).not.toThrow();
  });

  it('is a name of the staff’s pool that Cognito does not take, and a pool beside another sign-in', () => {
    const wrong = [...oddTexts, 'Give-Staff', 'give.staff', '-give', 'give-', 'my-cognito', 'x'.repeat(64)];
    for (const name of [...wrong, undefined]) {
      set(stages.prod, { ...configured.prod, staffPool: { name } as { name: string } });
      expect(() => checkConfiguration(), inspect(name)).toThrow(
        naming('infra/stages.ts', 'prod.staffPool.name'),
      );
    }
    set(stages.prod, { ...configured.prod, staffPool: { name: 'give-example-staff' } });
    expect(() => checkConfiguration()).not.toThrow();
    mutate(stages.prod, 'signIn', someSignIn);
    expect(() => checkConfiguration()).toThrow(naming('infra/stages.ts', 'prod.signIn'));
  });

  it('lets dev expect no real money', () => {
    mutate(stages.dev, 'livemode', true);
    expect(() => checkConfiguration()).toThrow(naming('infra/stages.ts', 'dev.livemode'));
    mutate(stages.dev, 'livemode', false);
  });
});

describe('the lists of the stage', () => {
  it('name the regions of AWS’s public partition and the retentions of CloudWatch Logs', () => {
    const known = RegionInfo.regions.filter(({ partition }) => partition === 'aws').map(({ name }) => name);
    expect(regions).toEqual(known);
    const days = Object.values(RetentionDays).filter((each) => typeof each === 'number');
    expect(retentions).toEqual(days.filter((each) => each !== RetentionDays.INFINITE).sort((a, b) => a - b));
  });
});

describe('a program with a wrong configuration', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const run = async (entry: string, configuration: object, environment: Record<string, string> = {}) => {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', '--import', './test/support/wrong-configuration.ts', entry],
      {
        cwd: root,
        env: { ...process.env, ...environment, TEST_CONFIGURATION: JSON.stringify(configuration) },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const [code, output, errors] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
    return { code, output, errors };
  };

  it.each([
    [
      'infra/app.ts',
      { charity: { cardFee: { basisPoints: 34_000, fixed: 235 } } },
      'cardFee.basisPoints is 34000',
    ],
    [
      'infra/start.ts',
      { charity: { cardFee: { basisPoints: 34_000, fixed: 235 } } },
      'cardFee.basisPoints is 34000',
    ],
    ['infra/start.ts', { dev: { alarmMail: 'nobody' } }, 'dev.alarmMail is "nobody"'],
  ])('ends before it does anything: %s with %j', async (entry, configuration, sentence) => {
    const { code, output, errors } = await run(entry, configuration);
    expect(code).toBe(1);
    expect(output).toBe('');
    expect(errors).toMatch(/^\S+\.ts: [^\n]+\.\n$/);
    expect(errors).toContain(sentence);
  });
});
