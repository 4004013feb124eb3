import { holdsHiddenMarks, holdsLink } from '../platform/linkable.ts';

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
