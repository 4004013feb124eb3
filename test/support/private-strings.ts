/**
 * Finds private strings in what anybody may read, in whatever form they stand there: as they are, in another case, escaped
 * for JSON, HTML or an address, or in base64.
 *
 * @param text what was read
 * @param secrets the strings that must not be there, at least 5 characters each
 * @returns the secrets that are there
 */
export function findPrivate(text: string, secrets: readonly string[]): string[] {
  const views = [text, unescapeJson(text), unescapeHtml(text), unescapePercent(text), unescapeQuoted(text)];
  // What is escaped twice, such as HTML in JSON.
  const all = [...views, unescapeHtml(unescapeJson(text))].map((view) =>
    view.normalize('NFKC').toLowerCase(),
  );
  return secrets.filter((secret) => {
    const wanted = secret.normalize('NFKC').toLowerCase();
    return all.some((view) => view.includes(wanted)) || base64Of(secret).some((form) => text.includes(form));
  });
}

/** The part of a text's base64 that stays the same wherever it stands among other bytes, for each of the three places. */
function base64Of(secret: string): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
    const whole = bytes.toString('base64').replace(/=+$/, '');
    const start = shift === 0 ? 0 : shift + 1;
    const end = Math.floor((bytes.length * 8) / 6);
    const stable = whole.slice(start, end);
    return [stable, stable.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function unescapeJson(text: string): string {
  return text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

function unescapeHtml(text: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
  return text
    .replaceAll(/&#x([0-9a-f]{1,6});/gi, (_, code: string) => fromCodePoint(Number.parseInt(code, 16)))
    .replaceAll(/&#(\d{1,7});/g, (_, code: string) => fromCodePoint(Number(code)))
    .replaceAll(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => named[name] ?? '');
}

function fromCodePoint(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '';
}

function unescapePercent(text: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => bytesOf(run, '%')).replaceAll('+', ' ');
}

function unescapeQuoted(text: string): string {
  return text.replaceAll(/=\r?\n/g, '').replaceAll(/(?:=[0-9A-F]{2})+/g, (run) => bytesOf(run, '='));
}

function bytesOf(run: string, mark: string): string {
  return Buffer.from(run.replaceAll(mark, ''), 'hex').toString();
}
