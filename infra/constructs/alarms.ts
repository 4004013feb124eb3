import { Aws } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmsProps {
  /** The one address that all alarms write to. */
  readonly mail: string;
}

/** When an alarm rings: as soon as one period reaches the threshold, unless it says otherwise. */
export interface Ringing {
  /** The alarm's construct id, unique below this construct. */
  readonly id: string;
  /** With the period and statistic to compare. */
  readonly metric: IMetric;
  /** What happened and what a person should look at. */
  readonly description: string;
  /** In the metric's unit, 1 by default. */
  readonly threshold?: number;
  /** How many periods in a row, 1 by default. */
  readonly evaluationPeriods?: number;
  readonly comparisonOperator?: ComparisonOperator;
  /** Whether the metric's silence is health, as by default. */
  readonly treatMissingData?: TreatMissingData;
}

/** One topic with one mail address, and the alarms that speak through it. */
export class Alarms extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', { displayName: 'Tideover alarms', enforceSSL: true });
    this.topic.addSubscription(new EmailSubscription(props.mail));
    this.#allowPublishing();
  }

  ring({ id, description, ...how }: Ringing): void {
    const alarm = new Alarm(this, id, {
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...how,
      alarmDescription: description,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
  }

  /** A topic with a policy of its own loses SNS's default one, so the sender must be let in by name. */
  #allowPublishing(): void {
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsOfThisAccount',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }
}
