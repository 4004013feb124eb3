/** An error in S3's words: its code, its sentence, its HTTP status. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly code: string;
  readonly status: number;
  /** Further elements of the answer, such as `Expires`. */
  readonly more: Readonly<Record<string, string>>;

  constructor(code: string, message: string, status: number, more: Readonly<Record<string, string>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.more = more;
  }

  /** The answer's body (S3, "REST error responses"). */
  toXml(): string {
    return xml('Error', { Code: this.code, Message: this.message, ...this.more });
  }
}

/** A document of one element with texts in it. */
export function xml(name: string, texts: Readonly<Record<string, string>>): string {
  const inner = Object.entries(texts).map(([tag, text]) => `<${tag}>${escaped(text)}</${tag}>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name}>${inner.join('')}</${name}>`;
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
