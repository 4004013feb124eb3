import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { type Directory, openDirectory } from '#kernel/staff/directory-gateway.ts';
import { serveLocally } from '../../infra/local/serve.ts';
import type { LocalSignIn } from '../../infra/local/sign-in/server.ts';
import { localPool } from '../../infra/local/sign-in/user-pool.ts';
import { templateRoles } from './template-roles.ts';

/** The people of a local sign-in as the staff's function reaches them: what its role does not allow is refused. */
export async function openLocalDirectory(
  signIn: LocalSignIn<string>,
): Promise<{ readonly directory: Directory; readonly close: () => Promise<void> }> {
  const caller = { name: 'Staff', role: templateRoles().roleOf('Staff') };
  const place = { region: 'ap-east-1', account: '111122223333', report: () => {} };
  const pool = signIn.userPool(place);
  const server = await serveLocally(
    (request) => pool(caller, request.headers.get('x-amz-target')?.split('.')[1] ?? '', request),
    { port: 0 },
  );
  const client = new CognitoIdentityProviderClient({
    endpoint: server.url,
    region: place.region,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const close = async () => {
    client.destroy();
    await server.close();
  };
  return { directory: openDirectory(localPool, client), close };
}
