import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  type CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  HttpRoute,
  type HttpRouteIntegrationBindOptions,
  HttpRouteKey,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { Metric, type MetricOptions } from 'aws-cdk-lib/aws-cloudwatch';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';
import type { SignIn, Stage, Throttle } from './stage.ts';

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

/** The one HTTP API: explicit routes, and one fallback with a throttle of its own for whatever no route names. */
export class FrontDoor extends Construct {
  /** The site's public address, without a trailing slash. */
  readonly url: string;
  readonly #api: HttpApi;
  readonly #stage: HttpStage;
  readonly #routes = new Map<string, HttpRoute[]>();
  readonly #integrations = new Map<ServiceFunction, PermittedIntegration>();

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.#api = new HttpApi(this, 'Api', {
      apiName: `tideover-${stage.name}`,
      createDefaultStage: false,
      disableExecuteApiEndpoint: stage.domain !== undefined,
    });
    this.#stage = this.#addStage(stage);
    this.url = stage.domain ? `https://${stage.domain}` : this.#api.apiEndpoint;
    if (stage.domain) this.#mapDomain(stage.domain);
  }

  /**
   * Leads routes to a function.
   *
   * @param routes as API Gateway writes them, `METHOD /path/{parameter}`
   * @param openBecause why these routes need no authorizer in front of the function
   * @throws Error when a route is not of that form
   */
  route(routes: readonly string[], target: ServiceFunction, openBecause: string): void {
    const integration = this.#integrate(target);
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
   * Leads to a function what no route names: HEAD and OPTIONS, addresses that are mistyped or written another way.
   *
   * @param openBecause why it needs no authorizer in front of the function
   */
  fallback(target: ServiceFunction, throttle: Throttle, openBecause: string): void {
    const added = new HttpRoute(this, 'Fallback', {
      httpApi: this.#api,
      integration: this.#integrate(target),
      routeKey: HttpRouteKey.DEFAULT,
    });
    Validations.of(added).acknowledge({ id: 'AwsSolutions-APIG4', reason: openBecause });
    this.#throttle('$default', [added], throttle);
  }

  /**
   * Leads a path and everything below it to a function that knows its callers by itself: a greedy route does not match its own stem.
   *
   * @param openBecause why these routes need no authorizer in front of the function
   */
  routeBelow(path: string, target: ServiceFunction, openBecause: string): void {
    for (const each of [path, `${path}/{proxy+}`]) {
      const integration = this.#integrate(target);
      const added = this.#api.addRoutes({ path: each, methods: [HttpMethod.ANY], integration });
      for (const route of added)
        Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: openBecause });
    }
  }

  /**
   * Leads everything below a path to a function behind the staff's sign-in, by one route: a request without a token that holds reaches
   * no function, and no other one either.
   */
  routeSignedIn(below: string, target: ServiceFunction, signIn: SignIn): void {
    this.#api.addRoutes({
      path: `${below}/{proxy+}`,
      methods: [HttpMethod.ANY],
      integration: this.#integrate(target),
      authorizer: new HttpJwtAuthorizer('SignIn', signIn.issuer, { jwtAudience: [signIn.audience] }),
      ...(signIn.scope && { authorizationScopes: [signIn.scope] }),
    });
  }

  /**
   * Gives one route throttles apart from the rest.
   *
   * @param metrics with true, it has metrics of its own too: `serverErrorsOf`
   * @throws Error when the route is not of this API
   */
  throttle(route: string, throttle: Throttle, { metrics = false } = {}): void {
    const added = this.#routes.get(route);
    if (!added) throw new Error(`Route ${JSON.stringify(route)} leads nowhere.`);
    this.#throttle(route, added, throttle, metrics ? { DetailedMetricsEnabled: true } : {});
  }

  /** How many 5xx the API answered. */
  serverErrors(options: MetricOptions): Metric {
    return this.#stage.metricServerError(options);
  }

  /** How many 5xx one route answered, which has metrics of its own. */
  serverErrorsOf(route: string, options: MetricOptions): Metric {
    const { method, path } = parse(route);
    return new Metric({
      namespace: 'AWS/ApiGateway',
      metricName: '5xx',
      dimensionsMap: {
        ApiId: this.#api.apiId,
        Stage: this.#stage.stageName,
        Method: method,
        Resource: path,
      },
      ...options,
    });
  }

  #throttle(routeKey: string, added: HttpRoute[], { rate, burst }: Throttle, more = {}): void {
    const stage = this.#stage.node.defaultChild as CfnStage;
    stage.routeSettings = {
      ...stage.routeSettings,
      [routeKey]: { ...more, ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
    };
    stage.node.addDependency(...added);
  }

  #integrate(target: ServiceFunction): PermittedIntegration {
    const known = this.#integrations.get(target);
    const integration = known ?? new PermittedIntegration(`${target.node.id}Integration`, target);
    this.#integrations.set(target, integration);
    return integration;
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
 * Leads to a function with one permission for the whole API: a function's policy holds 20 kB, about fifty permissions (Lambda
 * quotas, "Function resource-based policy"), and which route leads where is said by the routes alone.
 */
class PermittedIntegration extends HttpLambdaIntegration {
  readonly #target: ServiceFunction;
  #permitted = false;

  constructor(id: string, target: ServiceFunction) {
    super(id, target, { timeout: Duration.seconds(29) });
    this.#target = target;
  }

  protected override completeBind({ route, scope }: HttpRouteIntegrationBindOptions): void {
    if (this.#permitted) return;
    this.#permitted = true;
    this.#target.addPermission('ApiPermission', {
      scope,
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      // CDK's own, `*/*/*`, leaves out the fallback, whose address ends in `/$default`.
      sourceArn: Stack.of(route).formatArn({
        service: 'execute-api',
        resource: route.httpApi.apiId,
        resourceName: '*',
      }),
    });
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
