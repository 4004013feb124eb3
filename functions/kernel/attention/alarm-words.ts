import type { Need } from '#platform/log.ts';

interface AlarmText {
  /** What happened, as the alarm's mail says it too. */
  readonly what: string;
  readonly todo: string;
}

/** The alarms by the name that their mails begin with: the mail and the desk's help say the same. */
export const alarmWords = {
  NeedsPerson: {
    what: 'Something waits for a person: the desk lists it under What waits, and the log says its kind.',
    todo: 'Open What waits. It says of each thing what happened and what to do.',
  },
  SweepIsSilent: {
    what: 'The sweep was not invoked for a quarter of an hour: what is left behind is taken up by nobody.',
    todo: 'Nothing is lost. Ask a developer to look at the schedule today.',
  },
  FunctionsFail: {
    what: 'A function threw or ran out of time: its log says why.',
    todo: 'It tries again by itself. If the mail comes again within the hour, ask a developer to read the log.',
  },
  DeadLetters: {
    what: 'Something was given up after all attempts: read it, mend the cause, send it again.',
    todo: 'A developer does that. It rings until it is done.',
  },
  ApiAnswersErrors: {
    what: 'The API answered 5xx at least five times in five minutes: its access log names the routes.',
    todo: 'Open the site yourself. If pages fail, ask a developer at once; donors see an apology meanwhile.',
  },
  WebhookAnswersErrors: {
    what: "An event of Stripe's was answered 5xx: Stripe repeats it for three days; read the function log.",
    todo: 'No money is lost, but a gift may be thanked for late. Ask a developer within the day.',
  },
} as const satisfies Readonly<Record<string, AlarmText>>;

/** What calls a person and stands in no list of the desk: the log alone names it. */
export const needWords = {
  UnexpectedLivemode: {
    what: 'An event of Stripe’s other mode arrived and was refused.',
    todo: 'A developer corrects the endpoint at Stripe.',
  },
  UnexpectedApiVersion: {
    what: 'Stripe’s endpoint has another API version.',
    todo: 'A developer makes a new endpoint with the right one.',
  },
  EventUndelivered: {
    what: 'Stripe’s report came late. It is booked and thanked for now.',
    todo: 'A developer looks whether the endpoint at Stripe is enabled.',
  },
  EventUnusable: {
    what: 'Stripe reported something that cannot be booked.',
    todo: 'A developer reads the event that the log names.',
  },
  FundOverdrawn: {
    what: 'More of a fund was passed on than it has: a refund or a dispute came after it.',
    todo: 'The treasurer transfers money to it, or tops it up and enters that.',
  },
  ExportFailed: {
    what: 'A spreadsheet could not be written.',
    todo: 'Ask for it again, of fewer months.',
  },
  CardTesting: {
    what: 'Stolen cards are tried out at a campaign. For ten to twenty minutes its gifts start at HK$50; then it heals by itself.',
    todo: 'Do not close the campaign. Refund small payments that went through and look foreign: each may become a dispute.',
  },
} as const satisfies { readonly [Name in Need]?: AlarmText };
