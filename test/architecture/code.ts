import { type Node, nodesIn, type SourceFile, treeOf } from './syntax.ts';

/** A piece of a file, and where it begins. */
export interface Piece {
  readonly index: number;
  readonly text: string;
}

/** What DynamoDB reads: it names stored attributes. */
const expression = /^(?:SET|ADD|REMOVE) |= :\w|^attribute_\w+\(/;

/** Whether people may read a text: a single word without a capital is a code, a key or a name. */
function isSentence(text: string): boolean {
  return (/\s/.test(text.trim()) || /^[A-Z]/.test(text)) && !expression.test(text);
}

/** What a string, a template (`…` is what it puts in) or the text between two tags says. */
function saidBy({ type, value, quasis }: Node): string | undefined {
  if (type === 'TemplateLiteral')
    return (quasis as { value: { cooked: string } }[]).map((part) => part.value.cooked).join('…');
  return /Literal$|^JSXText$/.test(type) && typeof value === 'string' ? value : undefined;
}

/** What a file of code names, and what it says to people. */
export function readCode(file: SourceFile): Record<'names' | 'said', Piece[]> {
  const names: Piece[] = [];
  const said: Piece[] = [];
  for (const node of nodesIn(treeOf(file))) {
    const index = Number(node.start);
    if (/Identifier$/.test(node.type) && typeof node.name === 'string')
      names.push({ index, text: node.name });
    const text = saidBy(node);
    if (text !== undefined && (node.type === 'JSXText' || isSentence(text))) said.push({ index, text });
  }
  return { names, said };
}
