import { Duration } from 'aws-cdk-lib';
import { exportsPrefix } from '#platform/files/file-keys.ts';
import type { ServiceFunction } from '../constructs/service-function.ts';
import { everyAction, exportTimeout, type ServiceParts } from '../constructs/service-parts.ts';
import { invokeAsynchronously } from '../constructs/sources.ts';
import { giveDirectory } from '../constructs/staff-pool.ts';
import type { SignIn } from '../constructs/stage.ts';

/** The staff's operations, behind the sign-in, and the desk, which leads people there. */
export function addStaff(parts: ServiceParts, signIn: SignIn): void {
  const staff = parts.function('Staff', {
    name: 'staff',
    description: 'The desk of the staff, and their operations as JSON.',
    timeout: Duration.seconds(20),
    files: 'functions/platform/web/assets',
    // Lambda gives credentials as variables, which come first: no profile of a developer's machine is ever read.
    unreachedModules: ['ini', 'sso'].map((each) => `@aws-sdk/credential-provider-${each}`),
  });
  staff.giveTable(parts.table, everyAction, { index: true });
  parts.giveStripeKey(staff, 'staff');
  // A link can do what its signer may: fetch an export, and nothing else of the bucket.
  staff.giveFiles(parts.files, exportsPrefix, ['GetObject']);
  // It finds a donor by the keyed hash of an address, as the site wrote it.
  staff.giveSecret('HASH_KEY_PARAMETER', parts.parameter('hash-key'));
  staff.giveSecret('SESSION_KEY_PARAMETER', parts.parameter('session-key'));
  staff.addEnvironment('SITE_URL', parts.door.url);
  staff.addEnvironment('STRIPE_LIVEMODE', String(parts.stage.livemode));
  staff.addEnvironment('SIGN_IN_ISSUER', signIn.issuer);
  staff.addEnvironment('SIGN_IN_CLIENT', signIn.client);
  staff.addEnvironment('SIGN_IN_AUDIENCE', signIn.audience);
  if (signIn.scope) staff.addEnvironment('SIGN_IN_SCOPE', signIn.scope);
  staff.addEnvironment('ROLES_CLAIM', signIn.rolesClaim);
  if (signIn.pool) giveDirectory(staff, signIn.pool);
  parts.door.routeSignedIn('/api/staff', staff, signIn);
  parts.door.routeBelow('/staff', staff, 'The desk leads who has no session to the sign-in.');
}

/** Writes the files that the staff fetches. */
export function addExporter(parts: ServiceParts): ServiceFunction {
  const exporter = parts.function('Exporter', {
    name: 'exporter',
    description: 'Writes gifts and the ledger as files for spreadsheets.',
    timeout: exportTimeout,
    memory: 1024,
  });
  exporter.giveTable(parts.table, ['BatchGetItem', 'UpdateItem'], { index: true });
  exporter.giveFiles(parts.files, exportsPrefix, ['AbortMultipartUpload', 'PutObject']);
  invokeAsynchronously(exporter, parts.deadLetters);
  return exporter;
}
