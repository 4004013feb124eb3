import { renderToStaticMarkup } from 'react-dom/server';
import { catalogue, type MailFacts, type MailName } from './catalogue.ts';

/** A mail as it is handed to the sender. */
export interface RenderedMail {
  /** One line. */
  readonly subject: string;
  /** A whole HTML document. */
  readonly html: string;
  readonly text: string;
}

const doctype =
  '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">';

/**
 * Renders a mail of the catalogue. The same facts give the same bytes, which idempotent retries rely on.
 *
 * @param template a name of the catalogue
 * @param facts what the mail says; every string is shown as text
 * @throws Error naming the template when the catalogue has none of that name
 */
export function renderMail<Name extends MailName>(template: Name, facts: MailFacts[Name]): RenderedMail {
  if (!Object.hasOwn(catalogue, template)) throw new Error(`There is no mail template "${template}".`);
  const mail = catalogue[template];
  return {
    subject: oneLine(mail.subject(facts)),
    html: `${doctype}${renderToStaticMarkup(mail.html(facts))}`,
    text: mail.text(facts),
  };
}

// A line break in a subject would end the header and let a name write headers of its own.
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
