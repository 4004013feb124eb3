import { Duration, Validations } from 'aws-cdk-lib';
import { type DeadLetterQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const common = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true } as const;

/** A queue that a function works through: encrypted, TLS only, with what failed too often kept elsewhere. */
export class WorkQueue extends Queue {
  constructor(
    scope: Construct,
    id: string,
    props: { queueName: string; visibilityTimeout: Duration; deadLetterQueue: DeadLetterQueue },
  ) {
    super(scope, id, { ...common, ...props });
  }
}

/** Where what could not be done waits for a person, for as long as SQS keeps anything. */
export class DeadLetters extends Queue {
  constructor(scope: Construct, id: string, props: { queueName: string }) {
    super(scope, id, { ...common, queueName: props.queueName, retentionPeriod: Duration.days(14) });
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This queue is itself the dead-letter queue; its alarm calls a person.',
    });
  }
}
