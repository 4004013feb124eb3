import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  type CfnUserPoolClient,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { roles } from '#kernel/staff/actor.ts';
import { sessionLimits } from '#kernel/staff/session.ts';
import { doors } from '#kernel/staff/sign-in.ts';
import { charity } from '#platform/charity.ts';
import type { ServiceFunction } from './service-function.ts';
import type { OwnPool, SignIn, Stage } from './stage.ts';

/** The people of the staff at Amazon Cognito: invited one by one, each with a role by the group of that name. */
export class StaffPool extends Construct {
  readonly pool: UserPool;

  constructor(scope: Construct, id: string, { name }: Stage, ownPool: OwnPool) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: `tideover-${name}-staff`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      standardAttributes: {
        email: { required: true, mutable: true },
        fullname: { required: true, mutable: true },
      },
      autoVerify: { email: true },
      userInvitation: {
        emailSubject: `The desk of ${charity.name.en}`,
        emailBody: `You can sign in to the desk of ${charity.name.en} with {username} and the password {####} within seven days. You then choose a password of your own.`,
      },
      mfa: name === 'prod' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireLowercase: true,
        requireUppercase: true,
        requireDigits: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(7),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(this.pool).acknowledge({
      id: 'AwsSolutions-COG8',
      reason:
        'The plan Plus costs for each person and month; everybody is invited, and has a second factor where money is real.',
    });
    if (name === 'dev') {
      Validations.of(this.pool).acknowledge({
        id: 'AwsSolutions-COG2',
        reason: 'dev takes test cards only; each person may turn a second factor on.',
      });
    }
    const domain = this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: ownPool.name },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    });
    domain.applyRemovalPolicy(RemovalPolicy.RETAIN);
    for (const role of roles) {
      this.pool.addGroup(role, { groupName: role }).applyRemovalPolicy(RemovalPolicy.RETAIN);
    }
  }
}

/** What the desk asks of a pool: each call is an action of its own. */
const directoryCalls = [
  'AdminAddUserToGroup',
  'AdminCreateUser',
  'AdminDeleteSoftwareToken',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminRemoveUserFromGroup',
  'AdminUserGlobalSignOut',
  'ListUsers',
  'ListUsersInGroup',
];

/** Lets the staff's function invite people to a pool and change what they may do, and finds it the pool. */
export function giveDirectory(staff: ServiceFunction, pool: string): void {
  staff.addEnvironment('STAFF_POOL', pool);
  const resource = Stack.of(staff).formatArn({
    service: 'cognito-idp',
    resource: 'userpool',
    resourceName: pool,
  });
  staff.allow(
    directoryCalls.map((call) => `cognito-idp:${call}`),
    resource,
  );
}

/**
 * The desk as a client of the stage's own pool: public, by authorization code alone.
 *
 * @param site the address of the desk, without a trailing slash
 */
export function addDeskClient(stack: Stack, { pool }: StaffPool, site: string): SignIn {
  const client = new UserPoolClient(stack, 'DeskClient', {
    userPool: pool,
    generateSecret: false,
    oAuth: {
      flows: { authorizationCodeGrant: true },
      scopes: [OAuthScope.OPENID, OAuthScope.PROFILE],
      callbackUrls: [site + doors.callback],
      logoutUrls: [site + doors.signedOut],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.millis(sessionLimits.whole),
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
  });
  // Left out, Cognito lets a caller send a password past the page, and with it past what the page asks.
  (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
  // Without a style of its own a client has no page to sign in on.
  new CfnManagedLoginBranding(stack, 'DeskSignInStyle', {
    userPoolId: pool.userPoolId,
    clientId: client.userPoolClientId,
    useCognitoProvidedValues: true,
  });
  return {
    issuer: pool.userPoolProviderUrl,
    audience: client.userPoolClientId,
    client: client.userPoolClientId,
    rolesClaim: 'cognito:groups',
    // Access tokens have it, ID tokens have no scope at all.
    scope: 'openid',
    pool: pool.userPoolId,
  };
}
