import { Stack } from 'aws-cdk-lib';
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { ServiceParts } from './constructs/service-parts.ts';
import { addDeskClient, type StaffPool } from './constructs/staff-pool.ts';
import type { Stage } from './constructs/stage.ts';
import { addAlarms } from './service/alarms.ts';
import { addExporter, addPictureMaker, addStaff } from './service/desk.ts';
import * as giving from './service/giving.ts';
import { addBooks, addSweep, addWorker } from './service/upkeep.ts';

export interface ServiceStackProps {
  readonly stage: Stage;
  readonly table: TableV2;
  readonly files: Bucket;
  readonly staffPool: StaffPool | undefined;
}

/** All that runs: it holds nothing that cannot be deployed again. The wiring of each function stands whole in `service/`. */
export class ServiceStack extends Stack {
  constructor(scope: Construct, id: string, { stage, table, files, staffPool }: ServiceStackProps) {
    super(scope, id, {
      env: { region: stage.region },
      description: `Tideover ${stage.name}: API, functions, queues, schedules, alarms.`,
    });
    const parts = new ServiceParts(this, { stage, table, files });
    giving.addSite(parts);
    giving.addPictures(parts);
    if (parts.takesCards) giving.addStripeWebhook(parts);
    giving.addResendWebhook(parts);
    const invoked = { exporter: addExporter(parts), pictureMaker: addPictureMaker(parts) };
    giving.addOutboxRelay(parts, invoked);
    giving.addProjector(parts);
    giving.addMailer(parts);
    addWorker(parts);
    const sweep = addSweep(parts, invoked);
    addBooks(parts);
    const signIn = staffPool ? addDeskClient(this, staffPool, parts.door.url) : stage.signIn;
    if (signIn) addStaff(parts, signIn);
    addAlarms(parts, sweep);
    if (parts.takesCards) giving.tellStripeEndpoint(parts);
    giving.tellResendEndpoint(parts);
  }
}
