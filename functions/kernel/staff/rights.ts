import { Problem } from '#platform/errors.ts';
import { type Actor, type Role, trusteeActor } from './actor.ts';

/** Every operation of the staff with the roles that may do it besides `admin`. There is no other list of rights. */
export const rights = {
  'campaign.read': ['campaigns', 'finance'],
  'campaign.write': ['campaigns'],
  // Everybody may ask; the configuration names who is shown any.
  'complaint.answer': ['campaigns', 'finance', 'families', 'door'],
  'settings.read': ['campaigns', 'finance'],
  // Who changes where money is sent could take it: admins alone.
  'settings.write': [],
  'opening.confirm': ['finance'],
  'page.write': ['campaigns'],
  'gift.read': ['campaigns', 'finance'],
  'payment.enter': ['finance'],
  'gift.refund': ['finance'],
  'gift.hold-release': ['finance'],
  'person.read': ['finance'],
  'person.write': ['finance'],
  'words.moderate': ['campaigns'],
  'dispute.read': ['finance'],
  'attention.read': ['finance'],
  'attention.settle': ['finance'],
  'mail.send-again': ['finance'],
  'ledger.read': ['finance'],
  'ledger.enter': ['finance'],
  'month.close': ['finance'],
  'passed-on.read': ['finance', 'families'],
  'passed-on.request': ['finance', 'families'],
  'passed-on.approve': ['finance'],
  'passed-on.hand-over': ['finance', 'families'],
  'passed-on.acknowledge': ['finance', 'families'],
  'export.make': ['finance'],
  'audit.read': ['finance'],
  'staff.manage': [],
  'second-person.ask': ['finance', 'families'],
} as const satisfies Record<string, readonly Role[]>;

/** The name of an operation; audit entries carry it as their action. */
export type Operation = keyof typeof rights;

/** Proof that a person may do an operation: a verb that takes one cannot be reached without the check. */
class Granted<Name extends Operation> {
  // A private name makes the type nominal: no object literal passes for a permit.
  readonly #operation: Name;
  readonly actor: Actor;

  constructor(actor: Actor, operation: Name) {
    this.actor = actor;
    this.#operation = operation;
  }

  get operation(): Name {
    return this.#operation;
  }
}

export type Permit<Name extends Operation> = Granted<Name>;

/** Whether a person may do an operation. */
export function mayDo(actor: Actor, operation: Operation): boolean {
  const allowed: readonly Role[] = rights[operation];
  return actor.roles.some((role) => role === 'admin' || allowed.includes(role));
}

/**
 * Gives the permit that an operation asks for; the only way to one.
 * @throws Problem `forbidden` that names the operation
 */
export function permit<Name extends Operation>(actor: Actor, operation: Name): Permit<Name> {
  if (!mayDo(actor, operation)) {
    throw new Problem('forbidden', `Your roles do not include the right "${operation}".`);
  }
  return new Granted(actor, operation);
}

/** What a second person does, and a trustee may do in their place. */
export type SecondPersonOperation = 'passed-on.approve';

/** Gives a trustee, who was asked by name, the permit for the one step that they were asked about; no role comes with it. */
export function permitTrustee<Name extends SecondPersonOperation>(
  name: string,
  operation: Name,
): Permit<Name> {
  return new Granted(trusteeActor(name), operation);
}

/** The operations that a person may do, in the order of the table. */
export function rightsOf(actor: Actor): Operation[] {
  return (Object.keys(rights) as Operation[]).filter((operation) => mayDo(actor, operation));
}
