import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { summarizeAccounts } from '#accounting/accounts/summarize-accounts.ts';
import { auditTable } from '#accounting/integrity/audit-table.ts';
import { findPrivate } from '../support/private-strings.ts';
import type { HostileRequest } from './hostile-request.ts';
import { faultsOf } from './judge.ts';
import { openProduct, type Product, privateStrings } from './product.ts';
import { hostileRequests } from './requests.ts';
import { chosenHostileRun } from './run-settings.ts';

const { count, seed, only } = chosenHostileRun();

const it = test
  .extend('lines', { auto: true }, ({}, { onCleanup }) => {
    const lines: string[] = [];
    for (const name of ['log', 'error'] as const) {
      vi.spyOn(console, name).mockImplementation(
        (...line: unknown[]) => void lines.push(line.map(String).join(' ')),
      );
    }
    onCleanup(() => void vi.restoreAllMocks());
    return lines;
  })
  .extend('product', async ({}, { onCleanup }) => {
    const product = await openProduct();
    onCleanup(() => product.close());
    return product;
  });

/** The same fault of the same part of the product, with the first request that showed it. */
interface Found {
  readonly first: number;
  readonly request: HostileRequest;
  readonly logged: string;
  times: number;
}

async function send(
  requests: readonly HostileRequest[],
  { product, lines }: { readonly product: Product; readonly lines: string[] },
) {
  const found = new Map<string, Found>();
  const statuses = new Map<number, number>();
  for (const [index, request] of requests.entries()) {
    if (only !== undefined && index !== only) continue;
    lines.splice(0);
    const answer = await product.answer(request).catch((error: unknown) => String(error));
    const status = typeof answer === 'string' ? 0 : answer.statusCode;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const faults = typeof answer === 'string' ? [`thrown: ${answer}`] : faultsOf(request, answer);
    const logged = lines
      .filter((line) => /failed|Error/.test(line))
      .join('\n')
      .slice(0, 600);
    if (findPrivate(lines.join('\n'), Object.values(privateStrings)).length > 0)
      faults.push('logs what is private');
    for (const fault of faults) {
      const where = /"stack":"at (\S+ \S+)/.exec(logged)?.[1] ?? request.route;
      const name = `${fault} (${where})`;
      const known = found.get(name);
      if (known) known.times += 1;
      else found.set(name, { first: index, request, logged, times: 1 });
    }
  }
  return { found, statuses };
}

function inShort([name, { first, request, logged, times }]: [string, Found]): string {
  return `${name}: ${times} times, first HOSTILE_ONLY=${first}\n${short(JSON.stringify(request))}\n${logged}`;
}

/** A text in which long runs of the same are cut. */
function short(text: string): string {
  return text.replaceAll(/(.{1,4}?)\1{20,}/gsu, '$1…').slice(0, 700);
}

describe('hostile requests', () => {
  it('are all answered below 500, well-formed, without a word of the inside, and leave the books right', async ({
    product,
    lines,
  }) => {
    process.stderr.write(`${count} hostile requests of HOSTILE_SEED=${seed}\n`);
    const began = performance.now();
    const { found, statuses } = await send(fc.sample(hostileRequests, { numRuns: count, seed }), {
      product,
      lines,
    });
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const reached = [...statuses].sort(([a], [b]) => a - b).map(([status, times]) => `${status} × ${times}`);
    process.stderr.write(`${count} hostile requests in ${seconds} s: ${reached.join(', ')}\n`);
    expect([...found].map(inShort).join('\n\n')).toBe('');
    // They come through to what they mean to break, and not only to its first check.
    if (only === undefined)
      expect([...statuses.keys()]).toEqual(expect.arrayContaining([200, 400, 404, 422]));
    const { table } = product;
    const now = new Date();
    await summarizeAccounts({ table, now });
    const findings = await auditTable({ table, now, say: () => undefined });
    expect(findings.total, JSON.stringify(findings.named)).toBe(0);
  }, 1_500_000);
});
