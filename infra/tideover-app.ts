import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BudgetStack } from './budget-stack.ts';
import { checkConfiguration } from './configuration.ts';
import type { Stage } from './constructs/stage.ts';
import { DataStack } from './data-stack.ts';
import { ServiceStack } from './service-stack.ts';
import { stageOf } from './stages.ts';

/** Settings of CDK's own, kept here so that the template is the same with and without its command line. */
const settings = {
  // Names each function's bundle in the template, where the local cloud looks for it.
  'aws:cdk:enable-asset-metadata': true,
  // The data stack may not take away what the service stack still uses.
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
};

/**
 * The CDK app of one stage. The stage comes from the context (`stage`, `dev` when not given), the output directory from the props;
 * the laptop gives its sign-in as the context `signIn`, and `payments`.
 *
 * @throws WrongConfigurationError that names each wrong field of charity and stages; Error when no stage has the name
 */
export class TideoverApp extends App {
  readonly data: DataStack;
  readonly service: ServiceStack;
  readonly budget: BudgetStack;

  /** @param changes what of the stage is otherwise than in `stages.ts` */
  constructor(props: Pick<AppProps, 'context' | 'outdir'> = {}, changes: Partial<Stage> = {}) {
    super({ ...props, analyticsReporting: false, postCliContext: settings });
    const context = (name: string): unknown => this.node.tryGetContext(name);
    const signIn = context('signIn') as Stage['signIn'];
    const payments = context('payments') as Stage['payments'];
    const stage = {
      ...stageOf(context('stage')),
      // The laptop has no pool.
      ...(signIn !== undefined && { staffPool: undefined, signIn }),
      ...(payments !== undefined && { payments }),
      ...changes,
    };
    checkConfiguration(stage);
    this.data = new DataStack(this, `Tideover-${stage.name}-Data`, stage);
    this.service = new ServiceStack(this, `Tideover-${stage.name}-Service`, {
      stage,
      table: this.data.table,
      files: this.data.files,
      staffPool: this.data.staffPool,
    });
    this.budget = new BudgetStack(this, `Tideover-${stage.name}-Budget`, stage);
    // Synthesis fails on each finding that is not acknowledged, with its reason, where it arises.
    Validations.of(this).addPlugins(new AwsSolutionsChecks(this));
  }
}
