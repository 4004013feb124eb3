import type { z } from 'zod';
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
}

// Log streams have no local counterpart: these policies grant nothing that the local cloud checks.
const managedWithoutLocalEffect =
  /:policy\/service-role\/AWSLambdaBasicExecutionRole$|:policy\/AWSXRayDaemonWriteAccess$/;
const checkedServices = /^(\*|dynamodb|s3|sqs|ssm|lambda):?/;

/** @returns every role of the template by its ARN */
export function readRoles(model: Model): ReadonlyMap<string, Role> {
  return new Map(
    model.of('AWS::IAM::Role').map((role) => [role.attribute('Arn'), readRole(model, role)] as const),
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
  const conditional = statements.find(({ Condition }) => Condition);
  if (conditional) {
    const actions = conditional.Action.join(', ');
    throw new TemplateError(
      `${role.id}: the local cloud does not know the Condition of the statement for ${actions}.`,
    );
  }
  return {
    name: role.ref,
    arn: role.attribute('Arn'),
    statements,
    trusted: role.properties.AssumeRolePolicyDocument.Statement.flatMap(({ Principal }) => Principal.Service),
  };
}

/**
 * Evaluates identity policies as IAM does: an explicit Deny wins, then any Allow, else refused.
 *
 * @returns undefined when allowed, else AWS's message naming caller, action and resource
 */
export function refusalOf(caller: Caller, needs: readonly Need[]): string | undefined {
  for (const { action, resource } of needs) {
    const matching = caller.role.statements.filter(
      (statement) =>
        statement.Action.some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase())) &&
        statement.Resource.some((pattern) => matches(pattern, resource)),
    );
    const denied = matching.some(({ Effect }) => Effect === 'Deny');
    if (!denied && matching.length > 0) continue;
    const account = caller.role.arn.split(':')[4];
    const because = denied
      ? 'with an explicit deny in an identity-based policy'
      : `because no identity-based policy allows the ${action} action`;
    return `User: arn:aws:sts::${account}:assumed-role/${caller.role.name}/${caller.name} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  }
  return undefined;
}

/** Whether a text matches a pattern with IAM's wildcards: `*` any run of characters, `?` one. */
export function matches(pattern: string, text: string): boolean {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's').test(text);
}
