import { type ChildProcess, spawn } from 'node:child_process';
import Stripe from 'stripe';
import { endWithUs, kill } from './child-processes.ts';
import { SettingError } from './settings.ts';
import { findStripeCli } from './stripe-cli.ts';
import { temporaryFolder } from './temporary-folders.ts';

const orLocal = 'or remove STRIPE_SECRET_KEY to use the local Stripe';

/** How to listen to a real Stripe test account. */
export interface ListenOptions {
  readonly stripeKey: string;
  /** The types of events that are forwarded. */
  readonly eventTypes: readonly string[];
  /** Where the events go: the site's webhook. */
  readonly webhookUrl: string;
  /** Tells a person of what went wrong later, in one sentence. */
  readonly report: (problem: string) => void;
  /** Stripe's command line. The packaged one when absent. */
  readonly program?: string | undefined;
  /** Where Stripe's API is, for tests. */
  readonly apiBase?: string;
  /** Milliseconds before the program is started again after it ended by itself. */
  readonly pause?: number;
}

/** Events that are being forwarded. */
export interface Listening {
  /** Signs the forwarded events. */
  readonly webhookSecret: string;
  close(): Promise<void>;
}

/**
 * Forwards the events of a real Stripe test account to the laptop, through Stripe's own command line, at Stripe's newest
 * version, which a warning compares with ours. It starts again whenever it ends by itself.
 *
 * @throws SettingError when the program is not there, Stripe refuses the key, or cannot be reached
 */
export async function startStripeListen(options: ListenOptions): Promise<Listening> {
  const program = options.program ?? findStripeCli();
  if (program === undefined) throw missingProgram();
  // A folder of its own: a developer's logged-in profile is neither read nor changed.
  const { path: home, remove: removeHome } = await temporaryFolder('stripe');
  const environment = {
    ...process.env,
    HOME: home,
    XDG_CONFIG_HOME: home,
    STRIPE_API_KEY: options.stripeKey,
    STRIPE_CLI_TELEMETRY_OPTOUT: '1',
    STRIPE_NO_AUTO_UPDATE: '1',
  };
  const base = options.apiBase === undefined ? [] : ['--api-base', options.apiBase];
  const common = ['listen', '--skip-update', '--color', 'off', ...base];
  try {
    const webhookSecret = await askSecret(program, [...common, '--print-secret'], environment);
    const types = options.eventTypes.join(',');
    const forward = [...common, '--latest', '--events', types, '--forward-to', options.webhookUrl];
    const stop = keepRunning(
      () => endWithUs(spawn(program, forward, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] })),
      options,
    );
    return {
      webhookSecret,
      close: async () => {
        await stop();
        await removeHome();
      },
    };
  } catch (error) {
    await removeHome();
    throw error;
  }
}

/** Asks Stripe for the secret that signs forwarded events, which also shows whether the key is valid. */
function askSecret(program: string, parameters: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    // Without a terminal or a pipe to read from: the program would wait for it.
    const child = spawn(program, parameters, {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: 20_000,
      killSignal: 'SIGKILL',
    });
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text;
      });
    }
    child.once('error', () => reject(missingProgram()));
    child.once('close', () => {
      const secret = /whsec_\w+/.exec(said.stdout)?.[0];
      if (secret === undefined) reject(refusal(said.stderr));
      else resolve(secret);
    });
  });
}

function refusal(stderr: string): SettingError {
  const status = /status=(\d{3})/.exec(stderr)?.[1];
  if (status === '401') {
    return new SettingError(
      `Stripe does not know the key in STRIPE_SECRET_KEY; copy it again from https://dashboard.stripe.com/test/apikeys, ${orLocal}.`,
    );
  }
  if (status === '403') {
    return new SettingError(
      `The restricted key in STRIPE_SECRET_KEY may not listen for events; use a key that begins with sk_test_, ${orLocal}.`,
    );
  }
  if (status !== undefined) {
    return new SettingError(
      `Stripe answered ${status} when asked for its events; try again later, ${orLocal}.`,
    );
  }
  return new SettingError(`Stripe cannot be reached; check the network, ${orLocal}.`);
}

function missingProgram(): SettingError {
  return new SettingError(
    `A real Stripe test key needs Stripe's command line, which npm ci brings with its optional packages; run npm ci again, ${orLocal}.`,
  );
}

/** Keeps the program running until it is stopped. */
function keepRunning(
  start: () => ChildProcess,
  { report, pause = 5000 }: ListenOptions,
): () => Promise<void> {
  let isStopping = false;
  let timer: NodeJS.Timeout | undefined;
  let child = run();

  function run(): ChildProcess {
    const started = start();
    let said = '';
    for (const stream of [started.stdout, started.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        // Kept short: every forwarded event adds a line.
        said = `${said}${text}`.slice(-2000);
        const version = /API Version \[([^\]]+)\]/.exec(said)?.[1];
        if (version === undefined) return;
        said = '';
        if (version !== Stripe.API_VERSION) {
          report(
            `Stripe sends its events in version ${version}; the site is made for ${Stripe.API_VERSION}.`,
          );
        }
      });
    }
    started.once('error', () => {});
    started.once('close', () => {
      if (isStopping) return;
      report('Stripe’s command line has ended; it is started again.');
      timer = setTimeout(() => {
        child = run();
      }, pause);
    });
    return started;
  }

  return async () => {
    isStopping = true;
    clearTimeout(timer);
    await kill(child);
  };
}
