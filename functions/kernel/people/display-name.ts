import { holdsHiddenMarks, holdsLink } from '#platform/linkable.ts';

// Marks of no script's own (accents, enclosing marks) three on one letter, the same mark three times, or more than
// any script puts on a letter (Burmese has up to six). Composed forms have taken in what usual letters need.
const piledUp = /[\p{M}&&\p{Script=Inherited}]{3}|(\p{M})\1{2}|\p{Mn}{5}|\p{M}{7}/v;

/**
 * Whether a name for the page waits until a person has read it, as comments do: it holds a link, an address, a handle or a
 * telephone number, marks that nobody sees, or marks piled up over and under its line.
 */
export function nameWaits(name: string): boolean {
  return holdsLink(name) || holdsHiddenMarks(name) || piledUp.test(name.normalize('NFC'));
}

/**
 * How a mail or the thanks page addresses a donor. Anybody can type any name beside any address: one that holds what a mail program turns into
 * a link, or marks that hide what it is, greets nobody.
 *
 * @returns undefined: the greeting holds no name
 */
export function greetingName(name: string): string | undefined {
  const tidy = name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim();
  return tidy === '' || nameWaits(name) ? undefined : tidy;
}
