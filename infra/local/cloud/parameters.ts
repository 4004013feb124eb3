import { refusalOf } from '../template/access.ts';
import { jsonError, type Report, type ServiceCall } from './services.ts';

interface ParameterInput {
  Name?: string;
  Names?: string[];
  WithDecryption?: boolean;
}

/** SSM's parameter store, read only: every value is a SecureString, given at the start. */
export function parameterStore(options: {
  values: ReadonlyMap<string, string>;
  region: string;
  account: string;
  report: Report;
}): ServiceCall {
  const { values, report } = options;
  const arnOf = (name: string) =>
    `arn:aws:ssm:${options.region}:${options.account}:parameter${name.startsWith('/') ? '' : '/'}${name}`;
  const describe = (name: string, decrypt: boolean) => ({
    ARN: arnOf(name),
    DataType: 'text',
    Name: name,
    Type: 'SecureString',
    // Without decryption AWS answers the ciphertext, which is no use to anybody.
    Value: decrypt ? values.get(name) : 'not-decrypted',
    Version: 1,
  });
  return async (caller, operation, request) => {
    if (operation !== 'GetParameter' && operation !== 'GetParameters') {
      const message = `The local cloud does not know the SSM operation ${operation}.`;
      report(`${caller.name}: ${message}`);
      return jsonError('UnknownOperationException', message);
    }
    const input = (await request.json()) as ParameterInput;
    const names = input.Names ?? [input.Name ?? ''];
    const refusal = refusalOf(
      caller,
      names.map((name) => ({ action: `ssm:${operation}`, resource: arnOf(name) })),
    );
    if (refusal) {
      report(`${caller.name} was refused by SSM: ${refusal}`);
      return jsonError('AccessDeniedException', refusal);
    }
    const missing = names.filter((name) => !values.has(name));
    for (const name of missing) report(`${caller.name} asked for the parameter ${name}, which is not there.`);
    const decrypt = input.WithDecryption ?? false;
    if (operation === 'GetParameters') {
      const found = names.filter((name) => values.has(name));
      return Response.json({
        Parameters: found.map((name) => describe(name, decrypt)),
        InvalidParameters: missing,
      });
    }
    const [name = ''] = names;
    if (missing.length > 0) return jsonError('ParameterNotFound', `Parameter ${name} not found.`);
    return Response.json({ Parameter: describe(name, decrypt) });
  };
}
