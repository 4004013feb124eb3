import type { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** Requests a second that are let through, and how many may come at once before that rate holds. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** The staff's sign-in: an OpenID Connect provider at which people sign in to the desk, and whose access tokens the HTTP API checks. */
export interface SignIn {
  /** As the tokens' `iss` says it, for example `https://cognito-idp.ap-east-1.amazonaws.com/ap-east-1_…`. */
  readonly issuer: string;
  /** The access tokens' `aud`; for Cognito's, which have none, the client's id. */
  readonly audience: string;
  /** The id of the desk's client: a public one, which proves itself by PKCE and knows no secret. */
  readonly client: string;
  /** The claim that holds the roles (functions/kernel/staff/rights.ts), for example `cognito:groups`. */
  readonly rolesClaim: string;
  /** A scope that a token must have. ID tokens have none, so that with it only access tokens pass. */
  readonly scope?: string;
  /** The id of the user pool at Amazon Cognito that the issuer is, in the stage's own account and region: the desk then invites people there. */
  readonly pool?: string;
}

/** A user pool of the stage's own at Amazon Cognito, which the data stack holds. */
export interface OwnPool {
  /** What the address of its sign-in page begins with, unique in the region: `<name>.auth.<region>.amazoncognito.com`. */
  readonly name: string;
}

/** What differs between one deployment of Tideover and another. Secrets are not here: SSM Parameter Store holds them. */
export interface Stage {
  readonly name: 'dev' | 'prod';
  /** The AWS region. The notices to donors say that their data are stored in Hong Kong, `ap-east-1`: another region changes those words. */
  readonly region: string;
  /** The site's own domain without scheme, for example `give.example.org`; without one the API's address serves. */
  readonly domain?: string;
  /** Where alarms write to. The address must confirm Amazon SNS's first mail. */
  readonly alarmMail: string;
  /** US dollars a month at which the budget sends a mail. */
  readonly monthlyBudget: number;
  /** For all routes together. */
  readonly throttle: Throttle;
  /** For what no route names: HEAD, OPTIONS, mistyped addresses. A caller that tries out addresses cannot slow the pages. */
  readonly fallbackThrottle: Throttle;
  /** For Stripe's deliveries alone, and for Resend's alone, so that a flood of visitors cannot slow them. */
  readonly webhookThrottle: Throttle;
  /** Request units a second at which the table refuses, so that a loop cannot run up a bill. */
  readonly tableMaximum: { readonly read: number; readonly write: number };
  /** Whether events of Stripe's live mode are expected; those of the other mode ring an alarm. */
  readonly livemode: boolean;
  /** `none` where Stripe takes no payments: then gifts come by the other ways alone. By default Stripe does. */
  readonly payments?: 'stripe' | 'none';
  /** Days for which logs are kept: one of the numbers that CloudWatch Logs knows. */
  readonly logRetention: RetentionDays;
  /** A user pool of the stage's own; without it and without `signIn` the stage has no routes for the staff. */
  readonly staffPool?: OwnPool | undefined;
  /** Any other issuer in place of it. */
  readonly signIn?: SignIn;
}
