import { BootstraplessSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import type { Construct } from 'constructs';
import type { Stage } from './constructs/stage.ts';

/** CloudFormation makes budgets in few regions, and in Hong Kong's not; a budget is of the account, wherever it is made. */
const region = 'us-east-1';

/** The budget for the AWS bill, which writes to the alarms' mail address. It needs no bootstrap of its region. */
export class BudgetStack extends Stack {
  constructor(scope: Construct, id: string, { name, alarmMail, monthlyBudget }: Stage) {
    super(scope, id, {
      env: { region },
      // Its own types disagree about a property that may be undefined.
      synthesizer: new BootstraplessSynthesizer() as IStackSynthesizer,
      description: `Tideover ${name}: the budget for the AWS bill.`,
    });
    const notify = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN' },
      subscribers: [{ subscriptionType: 'EMAIL', address: alarmMail }],
    });
    new CfnBudget(this, 'Budget', {
      budget: {
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyBudget, unit: 'USD' },
      },
      notificationsWithSubscribers: [notify('ACTUAL', 80), notify('FORECASTED', 100)],
    });
  }
}
