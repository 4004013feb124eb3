/**
 * Trouble of the whole account at Resend: every mail has it until a person mends it there or here. `key` – the API key is wrong,
 * restricted or suspended; `domain` – the sender's domain is not verified; `sender` – the addresses that the configuration gives
 * to every mail are refused; `daily-quota`, `monthly-quota` – no more is sent until the plan is raised or the time is over;
 * `access` – Resend refuses the account for another reason.
 */
export const accountTroubles = ['key', 'domain', 'sender', 'daily-quota', 'monthly-quota', 'access'] as const;

export type AccountTrouble = (typeof accountTroubles)[number];

/** What a person does about a trouble of the account at Resend. Mails wait meanwhile and go by themselves. */
export const troubleAdvice: Readonly<Record<AccountTrouble, string>> = {
  key: 'Resend refuses the API key: make one that may send from your domain and put it into SSM (resend-api-key).',
  domain:
    "Resend says that the sender's domain is not verified: look at Domains there, and set its DNS records again.",
  sender:
    'Resend refuses an address that the configuration gives to every mail: look at sender and replyTo in charity.ts.',
  'daily-quota': "The day's quota at Resend is used up: raise the plan, or wait until the day is over.",
  'monthly-quota': "The month's quota at Resend is used up: raise the plan.",
  access: 'Resend refuses the account: sign in there and read what it says, or write to its support.',
};

/** What a person does about mails that were stopped for other reasons than Resend's own names of errors. */
const stopped: Readonly<Record<string, string>> = {
  'invalid-address':
    'Resend takes no mail to this address. Within an hour of the gift its donor can correct it; after that write by another way.',
  'too-old':
    'It could not be sent for 23 hours. Look at Resend whether an attempt arrived after all; if not, send it again.',
  'template-changed':
    'An attempt may have arrived, and its text has changed since. Look at Resend; if it is not there, send it again.',
  invalid_idempotent_request:
    'Resend has taken an earlier attempt with another text, so the donor most likely has a mail. Look there before you send it again.',
  'person-erased': "The person's data was erased: nobody is there to write to.",
};

/** What a person does about a stopped mail. */
export function stopAdvice(reason: string | undefined): string {
  return (
    stopped[reason ?? ''] ??
    'Resend refuses this mail as it is: look at the log of `mailer`, mend the cause, send it again.'
  );
}
