import type { Stage } from './constructs/stage.ts';

/** The stages by name; what each field means stands in `constructs/stage.ts`. Two stages belong in two AWS accounts: alarms on the namespace `Tideover` know no stage. */
export const stages: Readonly<Record<Stage['name'], Stage>> = {
  dev: {
    name: 'dev',
    region: 'ap-east-1',
    alarmMail: 'tideover-dev@example.org',
    monthlyBudget: 10,
    throttle: { rate: 50, burst: 100 },
    fallbackThrottle: { rate: 20, burst: 40 },
    webhookThrottle: { rate: 50, burst: 100 },
    tableMaximum: { read: 1_000, write: 1_000 },
    livemode: false,
    logRetention: 30,
  },
  prod: {
    name: 'prod',
    region: 'ap-east-1',
    domain: 'give.example.org',
    alarmMail: 'tideover@example.org',
    monthlyBudget: 50,
    throttle: { rate: 200, burst: 400 },
    fallbackThrottle: { rate: 50, burst: 100 },
    webhookThrottle: { rate: 100, burst: 200 },
    tableMaximum: { read: 4_000, write: 4_000 },
    livemode: true,
    logRetention: 180,
  },
};

/**
 * The stage of a name, as given with `cdk -c stage=<name>`.
 *
 * @param name `dev` when undefined
 * @throws Error when no stage has the name
 */
export function stageOf(name: unknown = 'dev'): Stage {
  if (name === 'dev' || name === 'prod') return stages[name];
  throw new Error(`stage is ${JSON.stringify(name)}; it must be one of ${Object.keys(stages).join(', ')}.`);
}
