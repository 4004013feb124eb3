import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import type { SignIn, Stage } from '../constructs/stage.ts';
import { endWithUs } from '../local/child-processes.ts';

/**
 * Runs the CDK app as `cdk synth` would.
 *
 * @param root the repository's folder
 * @param output where the cloud assembly goes
 * @param signIn the local sign-in, which the staff's routes trust; without one there are none
 * @param payments `none` where Stripe takes no payments
 * @throws Error with the app's own words when it fails
 */
export async function synthesize(
  root: string,
  output: string,
  signIn?: SignIn,
  payments?: Stage['payments'],
): Promise<void> {
  const tsx = createRequire(import.meta.url).resolve('tsx/cli');
  const { PATH = '', HOME = '' } = process.env;
  const child = endWithUs(
    spawn(process.execPath, [tsx, 'infra/app.ts'], {
      cwd: root,
      env: {
        PATH,
        HOME,
        CDK_OUTDIR: output,
        CDK_CONTEXT_JSON: JSON.stringify({ signIn, payments }),
        // CloudFormation's own rules take longer than all the rest and only warn; `npm run synth` shows what they say.
        CDK_VALIDATION: 'false',
        // esbuild collects its garbage seldom: a quarter less processor time, for some memory.
        GOGC: '800',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      words += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`The CDK app could not be synthesized:\n${words}`);
}
