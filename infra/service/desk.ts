import { Duration } from 'aws-cdk-lib';
import { exportsPrefix, picturesPrefix, uploadsPrefix } from '#platform/files/file-keys.ts';
import { keys } from '#platform/table/keys.ts';
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
  // The form that it signs lets a photo be uploaded under one key.
  staff.giveFiles(parts.files, uploadsPrefix, ['PutObject']);
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

/** Makes the pictures of photos that the staff upload. */
export function addPictureMaker(parts: ServiceParts): ServiceFunction {
  const maker = parts.function('PictureMaker', {
    name: 'picture-maker',
    description: 'Makes the pictures of a photo: upright, smaller, and without anything but pixels.',
    timeout: Duration.minutes(2),
    // 50 megapixels take four bytes each, a few times over; the share of CPU grows with it.
    memory: 2048,
    copiedModules: ['@silvia-odwyer/photon-node'],
  });
  maker.giveItems(parts.table, [
    { actions: ['BatchGetItem'], of: [keys.photo('')] },
    { actions: ['UpdateItem'], of: [keys.campaign(''), keys.outbox(''), keys.photo('')] },
  ]);
  maker.giveFiles(parts.files, uploadsPrefix, ['DeleteObject', 'GetObject']);
  maker.giveFiles(parts.files, picturesPrefix, ['PutObject']);
  invokeAsynchronously(maker, parts.deadLetters);
  return maker;
}
