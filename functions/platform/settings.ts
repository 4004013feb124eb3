import { AsyncLocalStorage } from 'node:async_hooks';
import { type Charity, charity } from './charity.ts';
import { readMailAddress } from './mail-address.ts';

/** What of the charity an admin sets at the desk; until then it is as the configuration says. */
export type CharitySettings = Pick<Charity, 'replyTo' | 'feesBorneBy'> & {
  readonly [Field in 'telephone' | 'whatsApp' | 'otherWays']?: Charity[Field] | undefined;
};

const inForce = new AsyncLocalStorage<CharitySettings>();

/** Runs with these settings in force; without any the configuration stays in force. */
export function withSettings<T>(settings: CharitySettings | undefined, run: () => T): T {
  return settings ? inForce.run(settings, run) : run();
}

/** The settings in force, where a request or a task runs. */
export function settings(): CharitySettings {
  return inForce.getStore() ?? charity;
}

/** Whether a text is an identifier of the Faster Payment System: 7 or 9 digits, `+852-61234567`, or an e-mail address. */
export function isFpsId(text: string): boolean {
  return /^(?:\d{7}|\d{9}|\+852-[4-9]\d{7})$/.test(text) || 'address' in readMailAddress(text);
}
