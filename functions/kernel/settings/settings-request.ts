import * as z from 'zod/mini';
import { charity } from '#platform/charity.ts';
import { Problem } from '#platform/errors.ts';
import { parseFields } from '#platform/http/fields.ts';
import { readMailAddress } from '#platform/mail-address.ts';
import { isFpsId } from '#platform/settings.ts';

const control = /[\p{Cc}\u2028\u2029]/u;

/** A text on one line, as it was meant. @param says what is right, in a whole sentence */
function line(
  says: string,
  isRight: (text: string) => boolean,
  asMeant: (text: string) => string = (text) => text,
) {
  return z.string(says).check(
    z.overwrite((text) => asMeant(text.trim())),
    z.refine((text) => text !== '' && text.length <= 254 && !control.test(text) && isRight(text), says),
  );
}

const mail = (says: string) =>
  line(says, isMail, (text) => {
    const read = readMailAddress(text);
    return 'address' in read ? read.address : text;
  });

const payee = line(
  'Type the payee’s name as the bank shows it, at most 100 characters.',
  ({ length }) => length <= 100,
);

/** Each address of a list, as it was typed. */
const addressesIn = (text: string) => text.split(/[,;\s]+/).filter((each) => each !== '');

const mostAddresses = 5;

/** What an admin sets, as it is written whole. */
export const settingsSchema = z.strictObject(
  {
    replyTo: mail('The address for answers has the form hello@example.org.'),
    telephone: z.optional(
      line('A telephone number has digits, blanks and hyphens, such as +852 2345 6789.', (text) =>
        /^\+?\d[\d -]{6,17}\d$/.test(text),
      ),
    ),
    whatsApp: z.optional(
      line(
        'The WhatsApp number has digits alone, such as 852 6123 4567; or type a link that begins with https://wa.me/.',
        (text) => /^https:\/\/wa\.me\/[\w/-]{4,80}$/.test(text),
        asWhatsAppLink,
      ),
    ),
    otherWays: z.optional(
      z.strictObject({
        fps: z.optional(
          z.strictObject({
            id: line(
              'The FPS identifier has 7 or 9 digits, or it is a Hong Kong mobile number or an e-mail address.',
              isFpsId,
              asFpsId,
            ),
            payee,
          }),
        ),
        payMe: z.optional(
          z.strictObject({
            link: line('The link of PayMe for Business begins with https://.', isHttps),
            payee,
          }),
        ),
        bank: z.optional(
          z.strictObject({
            name: line('Type the name of the bank, at most 100 characters.', ({ length }) => length <= 100),
            account: line('The account number has digits, blanks and hyphens.', (text) =>
              /^\d[\d -]{4,37}\d$/.test(text),
            ),
            payee,
          }),
        ),
        cheque: z.optional(z.strictObject({ payee })),
      }),
    ),
    feesBorneBy: z.enum(['receiver', 'fund'], 'The card fee is borne by "receiver" or "fund".'),
    digestTo: z.optional(
      line(
        `The digest goes to at most ${mostAddresses} e-mail addresses, with commas between them.`,
        (text) => addressesIn(text).length <= mostAddresses && addressesIn(text).every(isMail),
        (text) => addressesIn(text).join(', '),
      ),
    ),
  },
  'The body is an object with replyTo, feesBorneBy, and what else is to stand there.',
);

/** What an admin sets at the desk. */
export type StoredSettings = z.output<typeof settingsSchema>;

/** To whom the daily digest goes. */
export function digestAddresses({ digestTo }: Pick<StoredSettings, 'digestTo'>): string[] {
  return addressesIn(digestTo ?? '');
}

/** @throws Problem `invalid` that names each wrong field */
export function parseSettings(body: unknown): StoredSettings {
  const settings = parseFields(settingsSchema, body);
  if (settings.otherWays?.cheque && !charity.address) {
    const detail = 'The configuration has no address to which cheques are posted.';
    throw new Problem('invalid', detail, { errors: [{ pointer: '/otherWays/cheque/payee', detail }] });
  }
  return settings;
}

function isMail(text: string): boolean {
  return 'address' in readMailAddress(text);
}

function isHttps(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username } = new URL(text);
  return protocol === 'https:' && username === '' && text.startsWith('https://');
}

/** A mobile number as banks write it: `+852-61234567`. */
function asFpsId(text: string): string {
  const plain = text.replaceAll(/\s/g, '');
  const [, mobile] = /^(?:\+?852-?)?([4-9]\d{7})$/.exec(plain) ?? [];
  return mobile ? `+852-${mobile}` : plain;
}

/** A number becomes its link; one of eight digits is of Hong Kong. */
function asWhatsAppLink(text: string): string {
  const digits = text.replaceAll(/[\s()+-]/g, '');
  if (!/^\d{8,15}$/.test(digits)) return text;
  return `https://wa.me/${digits.length === 8 ? '852' : ''}${digits}`;
}
