import { Template } from 'aws-cdk-lib/assertions';
import { TideoverApp } from '../../infra/tideover-app.ts';

/** A CloudFormation resource, as far as the assertions look at it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

/** The app of a stage with both its templates, synthesized without bundling the functions. */
export function synthesize(stage: 'dev' | 'prod' = 'dev'): { data: Template; service: Template } {
  const app = new TideoverApp({ context: { stage, 'aws:cdk:bundling-stacks': [] } });
  return { data: Template.fromStack(app.data), service: Template.fromStack(app.service) };
}

/** All resources of a type by their logical ids. */
export function resourcesOf(template: Template, type: string): ReadonlyMap<string, Resource> {
  return new Map(Object.entries(template.findResources(type) as Record<string, Resource>));
}
