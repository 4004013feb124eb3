// Runs in a process of its own: imports a handler, gives it one event, says what that took, and ends.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [, , file, eventFile] = process.argv;
console.log = () => {};
const { handler } = await import(pathToFileURL(file).href);
const answer = await handler(JSON.parse(readFileSync(eventFile, 'utf8')), {});
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ cpu: (user + system) / 1000, answer: answer ?? null }), () =>
  process.exit(0),
);
