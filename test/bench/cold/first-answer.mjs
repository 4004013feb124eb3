// Runs in a process of its own: imports a handler, gives it one event, says what that took, and ends.
import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , file, eventFile] = process.argv;
console.log = () => {};
const { handler } = await import(pathToFileURL(file).href);
const answer = await handler(JSON.parse(readFileSync(eventFile, 'utf8')), {});
const { user, system } = process.cpuUsage();
// The most memory that the process ever had resident. The system's own count (maxRSS) begins with what its parent had.
const highest = existsSync('/proc/self/status')
  ? /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  : undefined;
const peak = Number(highest ?? process.resourceUsage().maxRSS) * 1024;
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, peak, answer: answer ?? null }), () =>
  process.exit(0),
);
