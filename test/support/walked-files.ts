import type { Profiler } from 'node:inspector';
import { Session } from 'node:inspector/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The files of the product, by their path from the root, of which a function runs during some work, by V8's own count. */
export async function filesWalked(work: () => Promise<unknown>): Promise<string[]> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  // Begins the count anew: what was called before is not of this way.
  await session.post('Profiler.takePreciseCoverage');
  try {
    await work();
    const { result } = await session.post('Profiler.takePreciseCoverage');
    return result
      .filter(({ functions }) =>
        functions.some((each) => each.ranges.some(({ count }) => count > 0) && !isExport(each)),
      )
      .map(({ url }) => url.replace('file://', '').replace(root, '').replace(/\?.*/, ''))
      .filter((path) => /^(?:functions|emails)\//.test(path));
  } finally {
    await session.post('Profiler.stopPreciseCoverage');
    session.disconnect();
  }
}

/** The getter by which Vitest gives a module's export to others: its constant is read, and nothing of the module runs. */
function isExport({ functionName, ranges }: Profiler.FunctionCoverage): boolean {
  const [whole] = ranges;
  return functionName === '' && whole !== undefined && whole.endOffset - whole.startOffset < 100;
}
