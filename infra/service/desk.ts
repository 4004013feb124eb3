import { Duration } from 'aws-cdk-lib';
import { staffRoutes } from '../../functions/staff/routes.ts';
import type { ServiceParts } from '../constructs/service-parts.ts';
import type { SignIn } from '../stages.ts';

/** The staff's operations, behind the sign-in. */
export function addStaff(parts: ServiceParts, signIn: SignIn): void {
  const staff = parts.function('Staff', {
    name: 'staff',
    description: "The staff's operations, behind the sign-in.",
    timeout: Duration.seconds(20),
  });
  const actions = [
    'BatchGetItem',
    'ConditionCheckItem',
    'DeleteItem',
    'PutItem',
    'Query',
    'UpdateItem',
  ] as const;
  staff.giveTable(parts.table, actions, { index: true });
  staff.giveSecret('STRIPE_SECRET_KEY_PARAMETER', parts.parameter('stripe-secret-key'));
  staff.addEnvironment('ROLES_CLAIM', signIn.rolesClaim);
  parts.door.routeSignedIn(staffRoutes, staff, signIn);
}
