// Runs inside each function's own process, as the Lambda runtime does: imports the handler once, then one event at a time.
import { pathToFileURL } from 'node:url';
import { installClock, setClockAhead } from './clock.mjs';

const [, , file, exportName] = process.argv;
const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') }
    : { errorType: typeof error, errorMessage: String(error), trace: [] };

installClock();
process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group; the local cloud decides when its functions end.
process.on('SIGINT', () => {});

try {
  const handler = (await import(pathToFileURL(file).href))[exportName];
  if (typeof handler !== 'function') throw new Error(`${exportName} is not exported by the bundle`);
  process.on('message', async ({ event, context, deadline, ahead }) => {
    setClockAhead(ahead);
    try {
      const value = await handler(event, {
        ...context,
        getRemainingTimeInMillis: () => deadline - Date.now(),
      });
      process.send({ kind: 'answer', value: JSON.stringify(value) });
    } catch (error) {
      process.send({ kind: 'error', ...describe(error) });
    }
  });
  process.send({ kind: 'ready' });
} catch (error) {
  process.send({ kind: 'init-error', ...describe(error) });
}
