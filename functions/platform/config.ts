import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { callLimits } from './call-limits.ts';
import { ConfigurationError } from './errors.ts';
import { readSecret, type SecretVariable } from './secrets.ts';

/**
 * Reads a variable that the stack gives the function.
 * @throws ConfigurationError that names the variable when it is missing or empty
 */
export function variable(name: string): string {
  const value = process.env[name];
  if (!value) throw new ConfigurationError(`The environment variable ${name} is missing.`);
  return value;
}

/** A variable that only some stages have. */
export function maybeVariable(name: string): string | undefined {
  return process.env[name] || undefined;
}

/** A secret that is fetched when it is first needed. */
export type Secret = () => Promise<string>;

const secondsCached = 300;
let ssm: SSMClient | undefined;

/** A secret that only some stages have: undefined where the variable is missing. */
export function maybeSecret(nameVariable: SecretVariable): Secret | undefined {
  return maybeVariable(nameVariable) === undefined ? undefined : secret(nameVariable);
}

/**
 * A secret kept in Systems Manager, read once and kept five minutes, so that a rotated one is taken up without a deployment.
 * @param nameVariable the environment variable that holds the parameter's name
 * @throws ConfigurationError at once when the variable is missing, and when used while the parameter has no value or one that does
 * not look like this secret; it names the parameter, never the value
 */
export function secret(nameVariable: SecretVariable): Secret {
  const name = variable(nameVariable);
  let cached: { value: string; until: number } | undefined;
  return async () => {
    if (cached && cached.until > Date.now()) return cached.value;
    ssm ??= new SSMClient({ requestHandler: callLimits });
    const answer = await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }));
    const stored = answer.Parameter?.Value;
    if (!stored) throw new ConfigurationError(`The parameter ${name} has no value.`);
    const read = readSecret(nameVariable, stored);
    if ('wrong' in read) throw new ConfigurationError(`The parameter ${name} is not right: ${read.wrong}.`);
    const value = read.secret;
    cached = { value, until: Date.now() + secondsCached * 1000 };
    return value;
  };
}
