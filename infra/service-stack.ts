import { Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ServiceParts } from './constructs/service-parts.ts';
import type { Stage } from './constructs/stage.ts';
import { watchConditions } from './constructs/watch-conditions.ts';
import { addExporter, addStaff } from './service/desk.ts';
import * as giving from './service/giving.ts';
import { addBooks, addRefresher, addSweep } from './service/upkeep.ts';

export interface ServiceStackProps {
  readonly stage: Stage;
  readonly table: TableV2;
  readonly files: Bucket;
}

/** All that runs: it holds nothing that cannot be deployed again. The wiring of each function stands whole in `service/`. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { stage, table, files }: ServiceStackProps) {
    super(scope, id, {
      env: { region: stage.region },
      description: `Tideover ${stage.name}: API, functions, queues, schedules, alarms.`,
    });
    const parts = new ServiceParts(this, { stage, table, files });
    giving.addSite(parts);
    giving.addStripeWebhook(parts);
    giving.addResendWebhook(parts);
    giving.addOutboxRelay(parts);
    giving.addProjector(parts);
    giving.addMailer(parts);
    addRefresher(parts);
    addSweep(parts);
    addBooks(parts);
    addExporter(parts);
    if (stage.signIn) addStaff(parts, stage.signIn);
    watchConditions(parts.alarms);
    giving.tellStripeEndpoint(parts);
    giving.tellResendEndpoint(parts);
  }
}
