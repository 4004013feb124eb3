import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/**
 * Runs a command as on a machine with Node and no Java: `tsx test/support/without-java.ts <command> [argument…]`. A folder of the path
 * that holds `java` is replaced by links to all else that it holds.
 */
const [command = '', ...rest] = process.argv.slice(2);
const temporary = mkdtempSync(join(tmpdir(), 'tideover-without-java-'));
const { JAVA_HOME: _home, DYNAMODB_ENGINE: _engine, ...environment } = process.env;
const path = (environment.PATH ?? '')
  .split(delimiter)
  .map((folder) => (holdsJava(folder) ? withoutJava(folder) : folder))
  .join(delimiter);
const child = spawn(command, rest, { stdio: 'inherit', env: { ...environment, PATH: path } });
child.once('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.once('close', (code) => {
  process.exitCode = code ?? 1;
  rmSync(temporary, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));

function holdsJava(folder: string): boolean {
  try {
    accessSync(join(folder, 'java'), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function withoutJava(folder: string): string {
  const links = mkdtempSync(join(temporary, 'path-'));
  for (const name of readdirSync(folder)) {
    if (name !== 'java') symlinkSync(join(folder, name), join(links, name));
  }
  return links;
}
