import type { z } from 'zod';
import { holds, matches, requireKnownCondition } from './conditions.ts';
import type { Model, ModelResource } from './model.ts';
import type { policyStatement } from './properties.ts';
import { TemplateError } from './template.ts';

export type Statement = z.infer<typeof policyStatement>;

/** A role of the template with all statements that apply to it. */
export interface Role {
  readonly name: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
  /** The services that may assume it, for example `lambda.amazonaws.com`. */
  readonly trusted: readonly string[];
}

/** Who makes a call: a function or schedule under its role. */
export interface Caller {
  /** Name of the function or schedule. */
  readonly name: string;
  readonly role: Role;
}

/** One action on one resource that a call needs. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  /** Values of condition keys; a key that the request does not have is absent. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

// Log streams have no local counterpart: these policies grant nothing that the local cloud checks.
const managedWithoutLocalEffect =
  /:policy\/service-role\/AWSLambdaBasicExecutionRole$|:policy\/AWSXRayDaemonWriteAccess$/;
const checkedServices = /^(\*|cognito-idp|dynamodb|s3|sqs|ssm|lambda):?/;

/** @returns every role of the template by its ARN */
export function readRoles(model: Model): ReadonlyMap<string, Role> {
  return new Map(
    model.of('AWS::IAM::Role').map((role) => [role.attribute('Arn'), readRole(model, role)] as const),
  );
}

/** What the policies of the template's buckets refuse to every caller. */
export function bucketDenials(model: Model): readonly Statement[] {
  return model.of('AWS::S3::BucketPolicy').flatMap(({ id, properties }) =>
    properties.PolicyDocument.Statement.map((statement) => {
      requireKnownCondition(statement, id);
      return statement;
    }),
  );
}

function readRole(model: Model, role: ModelResource<'AWS::IAM::Role'>): Role {
  const unknown = role.properties.ManagedPolicyArns.find((arn) => !managedWithoutLocalEffect.test(arn));
  if (unknown)
    throw new TemplateError(`${role.id}.ManagedPolicyArns: the local cloud does not know ${unknown}.`);
  const attached = model
    .of('AWS::IAM::Policy')
    .filter(({ properties }) => properties.Roles.includes(role.ref));
  const statements = [...role.properties.Policies, ...attached.map(({ properties }) => properties)]
    .flatMap((policy) => policy.PolicyDocument.Statement)
    .filter(({ Action }) => Action.some((action) => checkedServices.test(action)));
  for (const statement of statements) requireKnownCondition(statement, role.id);
  return {
    name: role.ref,
    arn: role.attribute('Arn'),
    statements,
    trusted: role.properties.AssumeRolePolicyDocument.Statement.flatMap(({ Principal }) => Principal.Service),
  };
}

/**
 * Evaluates policies as IAM does: an explicit Deny wins, then any Allow, else refused. A call that needs several things is refused
 * whole when one of them is.
 *
 * @param denials statements of the resource's own policy that refuse; they count as those of the role
 * @returns undefined when allowed, else AWS's message naming caller, action and resource
 */
export function refusalOf(
  caller: Caller,
  needs: readonly Need[],
  denials: readonly Statement[] = [],
): string | undefined {
  for (const need of needs) {
    const { action, resource } = need;
    const appliesTo = (statement: Statement) => applies(statement, need);
    const matching = caller.role.statements.filter(appliesTo);
    const denied = matching.some(({ Effect }) => Effect === 'Deny');
    const deniedByResource = denials.some((each) => each.Effect === 'Deny' && appliesTo(each));
    if (!denied && !deniedByResource && matching.length > 0) continue;
    const account = caller.role.arn.split(':')[4];
    const because =
      denied || deniedByResource
        ? `with an explicit deny in ${denied ? 'an identity-based' : 'a resource-based'} policy`
        : `because no identity-based policy allows the ${action} action`;
    return `User: arn:aws:sts::${account}:assumed-role/${caller.role.name}/${caller.name} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  }
  return undefined;
}

function applies(statement: Statement, { action, resource, context = {} }: Need): boolean {
  return (
    statement.Action.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
    statement.Resource.some((pattern) => matches(pattern, resource)) &&
    holds(statement.Condition ?? {}, context)
  );
}
