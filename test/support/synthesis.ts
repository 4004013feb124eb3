import { Template } from 'aws-cdk-lib/assertions';
import { charity } from '#platform/charity.ts';
import type { SignIn, Stage } from '../../infra/constructs/stage.ts';
import { localPool } from '../../infra/local/sign-in/user-pool.ts';
import { TideoverApp } from '../../infra/tideover-app.ts';

/** A CloudFormation resource, as far as the assertions look at it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** A sign-in as a stage has it. */
export const someSignIn: SignIn = {
  issuer: 'https://sign-in.example.org',
  audience: 'tideover',
  client: 'desk',
  rolesClaim: 'cognito:groups',
  scope: 'staff',
  pool: localPool,
};

interface Templates {
  readonly data: Template;
  readonly service: Template;
}

/** What was synthesized in this worker: nobody changes a template. */
const known = new Map<string, Templates>();

/** The app of a stage with both its templates, synthesized without bundling the functions. */
export function synthesize(
  stage: 'dev' | 'prod' = 'dev',
  signIn?: SignIn,
  changes: Partial<Stage> = {},
): Templates {
  const asked = JSON.stringify([stage, signIn, changes, charity]);
  const templates = known.get(asked) ?? synthesizeAnew(stage, signIn, changes);
  known.set(asked, templates);
  return templates;
}

function synthesizeAnew(stage: string, signIn: SignIn | undefined, changes: Partial<Stage>): Templates {
  const context = { stage, 'aws:cdk:bundling-stacks': [], ...(signIn && { signIn }) };
  const app = new TideoverApp({ context }, changes);
  return { data: Template.fromStack(app.data), service: Template.fromStack(app.service) };
}

/** All resources of a type by their logical ids. */
export function resourcesOf(template: Template, type: string): ReadonlyMap<string, Resource> {
  return new Map(Object.entries(template.findResources(type) as Record<string, Resource>));
}

/** The table's definition as the template has it, in the form of CreateTable, as JSON. */
export function tableDefinition(data = synthesize().data): string {
  const [table] = resourcesOf(data, 'AWS::DynamoDB::GlobalTable').values();
  const indexes = (table?.Properties.GlobalSecondaryIndexes ?? []) as Record<string, unknown>[];
  return JSON.stringify({
    KeySchema: table?.Properties.KeySchema,
    AttributeDefinitions: table?.Properties.AttributeDefinitions,
    BillingMode: 'PAY_PER_REQUEST',
    GlobalSecondaryIndexes: indexes.map(({ IndexName, KeySchema, Projection }) => ({
      IndexName,
      KeySchema,
      Projection,
    })),
  });
}
