import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  type CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  type HttpRoute,
  type HttpRouteIntegrationBindOptions,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { SignIn, Stage, Throttle } from '../stages.ts';
import type { Alarms } from './alarms.ts';
import type { ServiceFunction } from './service-function.ts';

/** What is written of each request. Paths and queries hold tokens and addresses are personal: neither may stand here. */
const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTimeEpoch',
  routeKey: '$context.routeKey',
  status: '$context.status',
  responseBytes: '$context.responseLength',
  responseMilliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  error: '$context.error.responseType',
};

/** The one HTTP API: explicit routes only, so that unknown paths reach no function and cost nothing. */
export class FrontDoor extends Construct {
  /** The site's public address, without a trailing slash. */
  readonly url: string;
  readonly #api: HttpApi;
  readonly #stage: HttpStage;
  readonly #alarms: Alarms;
  readonly #routes = new Map<string, HttpRoute[]>();

  constructor(scope: Construct, id: string, props: { stage: Stage; alarms: Alarms }) {
    super(scope, id);
    const { stage, alarms } = props;
    this.#alarms = alarms;
    this.#api = new HttpApi(this, 'Api', {
      apiName: `tideover-${stage.name}`,
      createDefaultStage: false,
      disableExecuteApiEndpoint: stage.domain !== undefined,
    });
    this.#stage = this.#addStage(stage);
    this.url = stage.domain ? `https://${stage.domain}` : this.#api.apiEndpoint;
    if (stage.domain) this.#mapDomain(stage.domain);
    alarms.ring(
      'SiteAnswersErrors',
      this.#stage.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      'The API answered 5xx at least five times in five minutes: its access log names the routes.',
      5,
    );
  }

  /**
   * Leads routes to a function, with a permission for each path.
   *
   * @param routes as API Gateway writes them, `METHOD /path/{parameter}`
   * @param openBecause why these routes need no authorizer in front of the function
   * @throws Error when a route is not of that form
   */
  route(routes: readonly string[], target: ServiceFunction, openBecause: string): void {
    const integration = new PathIntegration(`${target.node.id}Integration`, target, {
      timeout: Duration.seconds(29),
    });
    for (const route of routes) {
      const { method, path } = parse(route);
      const added = this.#api.addRoutes({ path, methods: [method], integration });
      this.#routes.set(route, added);
      for (const each of added) {
        Validations.of(each).acknowledge({ id: 'AwsSolutions-APIG4', reason: openBecause });
      }
    }
  }

  /**
   * Leads routes to a function behind the staff's sign-in: a request without a token that holds reaches no function.
   *
   * @throws Error when a route is not of the form that `route` takes
   */
  routeSignedIn(routes: readonly string[], target: ServiceFunction, signIn: SignIn): void {
    const integration = new HttpLambdaIntegration(`${target.node.id}Integration`, target, {
      timeout: Duration.seconds(29),
    });
    const authorizer = new HttpJwtAuthorizer('SignIn', signIn.issuer, { jwtAudience: [signIn.audience] });
    for (const route of routes) {
      const { method, path } = parse(route);
      this.#api.addRoutes({
        path,
        methods: [method],
        integration,
        authorizer,
        ...(signIn.scope && { authorizationScopes: [signIn.scope] }),
      });
    }
  }

  /**
   * Gives one route throttles apart from the rest and an alarm on a single 5xx answer.
   *
   * @throws Error when the route is not of this API
   */
  guard(route: string, throttle: Throttle, description: string): void {
    const added = this.#routes.get(route);
    if (!added) throw new Error(`Route ${JSON.stringify(route)} leads nowhere.`);
    const stage = this.#stage.node.defaultChild as CfnStage;
    stage.routeSettings = {
      ...stage.routeSettings,
      [route]: {
        DetailedMetricsEnabled: true,
        ThrottlingRateLimit: throttle.rate,
        ThrottlingBurstLimit: throttle.burst,
      },
    };
    stage.node.addDependency(...added);
    const { method, path } = parse(route);
    const metric = new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensionsMap: {
        ApiId: this.#api.apiId,
        Stage: this.#stage.stageName,
        Method: method,
        Resource: path,
      },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
    const words = path.split('/').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
    this.#alarms.ring(`GuardedRouteAnswersErrors${words.join('')}`, metric, description);
  }

  #addStage(stage: Stage): HttpStage {
    // Names below /aws/vendedlogs/ share one entry of the account's log policy, which is limited in length.
    const logs = new LogGroup(this, 'AccessLog', {
      logGroupName: `/aws/vendedlogs/tideover-${stage.name}-access`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    return new HttpStage(this, 'Stage', {
      httpApi: this.#api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: stage.throttle.rate, burstLimit: stage.throttle.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(logs),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
  }

  /** The deployment waits until the certificate's and the site's CNAME records, shown in the console, are in the DNS. */
  #mapDomain(domain: string): void {
    const certificate = new Certificate(this, 'Certificate', {
      domainName: domain,
      validation: CertificateValidation.fromDns(),
    });
    const domainName = new DomainName(this, 'Domain', { domainName: domain, certificate });
    new ApiMapping(this, 'Mapping', { api: this.#api, domainName, stage: this.#stage });
  }
}

/**
 * Leads to a function with one permission for each path, whatever its methods: the permission that CDK makes for a route names
 * the path alone, and a function's policy holds 20 kB, about fifty of them (Lambda quotas, "Function resource-based policy").
 */
class PathIntegration extends HttpLambdaIntegration {
  readonly #permitted = new Set<string>();

  protected override completeBind(options: HttpRouteIntegrationBindOptions): void {
    const { path = '' } = options.route as HttpRoute;
    if (!this.#permitted.has(path)) super.completeBind(options);
    this.#permitted.add(path);
  }
}

function parse(route: string): { method: HttpMethod; path: string } {
  const [method, path, ...rest] = route.split(' ');
  const known = Object.values(HttpMethod).find((each) => each === method && each !== HttpMethod.ANY);
  if (!known || !path?.startsWith('/') || rest.length > 0) {
    throw new Error(`Route ${JSON.stringify(route)} is not of the form "METHOD /path".`);
  }
  return { method: known, path };
}
