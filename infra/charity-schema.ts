import { array, optional, strictObject } from 'zod/mini';
import type { Charity } from '#platform/charity.ts';
import { readMailAddress } from '#platform/mail-address.ts';
import { statementText } from '#platform/receiver-words.ts';
import { isFpsId } from '#platform/settings.ts';
import { field, httpsUrl, isLine, line, mailAddress, oneOf, whole } from './fields.ts';

const name = strictObject({ en: line(100), 'zh-HK': line(100) });
const sentence = strictObject({ en: line(300), 'zh-HK': line(300) });

/** Stripe's rule: 5 to 22 Latin characters, at least one letter, none of `< > \ ' " *`. */
const statementDescriptor = field<string>(
  'a text of 5 to 22 Latin characters with a letter, without < > \\ \' " * and blanks around it',
  isStatement,
);

/** Whether Stripe takes a text as an account's statement descriptor. */
function isStatement(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.trim() === value &&
    /^[\x20-\x7e]{5,22}$/.test(value) &&
    /[A-Za-z]/.test(value) &&
    !/[<>\\'"*]/.test(value)
  );
}

/** Of the Faster Payment System: 7 or 9 digits, a Hong Kong mobile number as banks write it, or an e-mail address. */
const fpsId = field<string>(
  'an FPS identifier of 7 or 9 digits, a number like +852-61234567, or an e-mail address',
  (value) => typeof value === 'string' && isFpsId(value),
);

const payee = line(100);

const otherWays = strictObject({
  fps: optional(strictObject({ id: fpsId, payee })),
  payMe: optional(strictObject({ link: httpsUrl, payee })),
  bank: optional(strictObject({ name: payee, account: line(40), payee })),
  cheque: optional(strictObject({ payee })),
});

const trustees = field<Charity['trustees'] & object>(
  'a list of trustees, each with a name, an e-mail address like ada@example.org, and the language "en" or "zh-HK"',
  (value) => Array.isArray(value) && value.length > 0 && value.length <= 20 && value.every(isTrustee),
);

function isTrustee(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { name: of, email, language, ...more } = value as Readonly<Record<string, unknown>>;
  const isNamed = isLine(of) && of.length <= 100;
  const isReached = typeof email === 'string' && 'address' in readMailAddress(email) && isLine(email);
  return (
    isNamed && isReached && (language === 'en' || language === 'zh-HK') && Object.keys(more).length === 0
  );
}

const complaints = strictObject({
  readers: array(strictObject({ subject: line(200), name: line(100) })),
  about: array(
    strictObject({
      id: field<string>(
        'small letters, digits and hyphens',
        (value) => typeof value === 'string' && /^[a-z0-9-]{1,40}$/.test(value),
      ),
      name,
      subjects: array(line(200)),
    }),
  ),
});

/** Every field of the charity, `functions/platform/charity.ts`. */
export const charitySchema = strictObject({
  name,
  legalName: name,
  about: sentence,
  receiver: name,
  receiverAbout: sentence,
  address: optional(sentence),
  paymentMeans: optional(sentence),
  replyTo: mailAddress,
  sender: mailAddress,
  telephone: optional(line(20)),
  whatsApp: optional(httpsUrl),
  otherWays: optional(otherWays),
  statementDescriptor: optional(statementDescriptor),
  section88: optional(
    field<string>(
      'an Inland Revenue file number like 91/12345',
      (value) => typeof value === 'string' && /^91\/\d{3,6}$/.test(value),
    ),
  ),
  smallestGift: whole(400, 100_000, ' cents: 2000 is HK$20.00, and Stripe charges nothing below HK$4.00'),
  cardFee: optional(
    strictObject({
      // No card company takes a fifth, nor HK$100 of each payment: more is a typing error, such as 3400 for 3.4%.
      basisPoints: whole(0, 2000, ', in hundredths of a percent: 340 is 3.4%'),
      fixed: whole(0, 10_000, ' cents: 235 is HK$2.35'),
    }),
  ),
  feesBorneBy: oneOf<Charity['feesBorneBy']>(['receiver', 'fund']),
  trustees: optional(trustees),
  complaints: optional(complaints),
});

const asKnown = (address: string) => address.toLowerCase();

/** What follows from several fields, each with the field to change. */
export const charityRules: readonly {
  readonly path: string;
  readonly isBroken: (charity: Charity) => boolean;
  readonly right: string;
}[] = [
  {
    path: 'trustees',
    isBroken: ({ trustees: people = [], sender, replyTo }) => {
      const own = [sender, replyTo].map(asKnown);
      const [names, addresses] = [
        people.map(({ name: of }) => of),
        people.map(({ email }) => asKnown(email)),
      ];
      return (
        new Set(names).size < names.length ||
        new Set(addresses).size < addresses.length ||
        addresses.some((each) => own.includes(each))
      );
    },
    right: "a list in which each has a name and an address of their own, and nobody the charity's",
  },
  {
    path: 'cardFee',
    isBroken: ({ cardFee }) => cardFee?.basisPoints === 0 && cardFee.fixed === 0,
    right: 'left out where no fee is taken',
  },
  {
    path: 'otherWays',
    isBroken: ({ otherWays: ways }) => ways !== undefined && Object.keys(ways).length === 0,
    right: 'left out where there is no other way',
  },
  {
    path: 'address',
    isBroken: ({ otherWays: ways, address }) => ways?.cheque !== undefined && address === undefined,
    right: 'set, since cheques are posted there',
  },
  {
    path: 'complaints.readers',
    isBroken: ({ complaints: named }) => named !== undefined && named.readers.length < 2,
    right: 'two people at least',
  },
  {
    path: 'complaints.about',
    isBroken: ({ complaints: named }) =>
      named?.about.some(({ subjects }) =>
        named.readers.every(({ subject }) => subjects.includes(subject)),
      ) === true,
    right: 'such that each line leaves a reader who is not meant by it',
  },
  {
    path: 'statementDescriptor',
    isBroken: (charity) => !isStatement(statementText(charity)),
    right:
      "set, since the receiver's English name gives no statement of 5 to 22 Latin characters with a letter",
  },
];
