import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { endWithUs, kill } from '../child-processes.ts';
import { clockAhead } from './clock.mjs';

/** A function as its instances need it. */
export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  /** The bundle's file, outside the repository. */
  readonly file: string;
  readonly directory: string;
  readonly exportName: string;
  /** The whole environment of the process: nothing else is there. */
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Reserved concurrency; absent when none is reserved. */
  readonly concurrency?: number;
}

/** How an invocation ended. `value` is what the handler returned, through JSON. */
export type InvocationResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly errorType: string; readonly errorMessage: string };

interface Message {
  readonly kind: 'ready' | 'answer' | 'error' | 'init-error';
  readonly value?: string;
  readonly errorType?: string;
  readonly errorMessage?: string;
}

const bootstrap = fileURLToPath(new URL('bootstrap.mjs', import.meta.url));

/** One process of a function: one invocation at a time, as in Lambda. */
export class Instance {
  readonly definition: FunctionDefinition;
  readonly #child: ChildProcess;
  readonly #ready: Promise<InvocationResult>;
  #settle: ((result: InvocationResult) => void) | undefined;
  #alive = true;

  constructor(definition: FunctionDefinition, log: (line: string) => void) {
    this.definition = definition;
    this.#ready = new Promise((resolve) => {
      this.#settle = resolve;
    });
    this.#child = endWithUs(
      spawn(process.execPath, [bootstrap, definition.file, definition.exportName], {
        cwd: definition.directory,
        // Lambda brings its own Node.js; the SDK need not warn of the laptop's.
        env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true', ...definition.environment },
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      }),
    );
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', (line) => line && log(line));
    }
    this.#child.on('message', (message) => this.#receive(message as Message));
    this.#child.once('exit', (code, signal) => {
      this.#alive = false;
      const errorMessage = `The process ended during the invocation (${signal ?? `exit code ${code}`}).`;
      this.#settle?.({ ok: false, errorType: 'Runtime.ExitError', errorMessage });
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  /** Runs one event. An instance that timed out or failed to start is dead afterwards. */
  async invoke(event: unknown): Promise<InvocationResult> {
    const started = await this.#ready;
    if (!started.ok) return started;
    const { definition } = this;
    const milliseconds = definition.timeoutSeconds * 1000;
    const result = new Promise<InvocationResult>((resolve) => {
      this.#settle = resolve;
    });
    const timer = setTimeout(() => {
      const errorMessage = `Task timed out after ${definition.timeoutSeconds}.00 seconds`;
      this.#settle?.({ ok: false, errorType: 'Sandbox.Timedout', errorMessage });
      void this.close();
    }, milliseconds);
    const context = {
      awsRequestId: randomUUID(),
      functionName: definition.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: definition.arn,
      logGroupName: `/aws/lambda/${definition.name}`,
      memoryLimitInMB: String(definition.memoryMb),
    };
    const message = { event, context, deadline: Date.now() + milliseconds, ahead: clockAhead() };
    this.#child.send(message, (error) => {
      if (error) this.#settle?.({ ok: false, errorType: 'Runtime.ExitError', errorMessage: error.message });
    });
    return result.finally(() => clearTimeout(timer));
  }

  async close(): Promise<void> {
    this.#alive = false;
    await kill(this.#child);
  }

  #receive(message: Message): void {
    if (message.kind === 'init-error') void this.close();
    if (message.kind === 'ready') this.#settle?.({ ok: true, value: undefined });
    else if (message.kind === 'answer') {
      const value: unknown = message.value === undefined ? null : JSON.parse(message.value);
      this.#settle?.({ ok: true, value });
    } else {
      const { errorType = 'Error', errorMessage = '' } = message;
      this.#settle?.({ ok: false, errorType, errorMessage });
    }
  }
}
