import { invalidRequest, notSupported } from './errors.ts';
import type { FormValue } from './form.ts';

/** Reads one parameter. `path` is its name as Stripe writes it, such as `line_items[0][quantity]`. */
export type Reader<T> = (value: FormValue, path: string) => T;
type Readers = Record<string, Reader<unknown>>;
/** What `fields` gives: every parameter may be absent. */
export type Fields<R extends Readers> = { [K in keyof R]?: R[K] extends Reader<infer T> ? T : never };

/** Named parameters. One that no reader knows is refused by name, as Stripe does. */
export function fields<R extends Readers>(readers: R): Reader<Fields<R>> {
  return (value, path) => {
    if (Array.isArray(value) && value.length === 0) return {};
    if (typeof value === 'string' || Array.isArray(value)) throw invalidRequest('Invalid object', path);
    const read = Object.entries(value).map(([name, inner]) => {
      const inside = path === '' ? name : `${path}[${name}]`;
      const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (!reader) throw invalidRequest(`Received unknown parameter: ${inside}`, inside, 'parameter_unknown');
      return [name, reader(inner, inside)] as const;
    });
    return Object.fromEntries(read) as Fields<R>;
  };
}

/** Text of at most `longest` characters. The empty text unsets a parameter, which these cannot be. */
export function text(longest = 5000): Reader<string> {
  return (value, path) => {
    const given = plain(value, path, 'string');
    if (given === '') {
      throw invalidRequest(
        `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
        path,
        'parameter_invalid_empty',
      );
    }
    if (charactersOf(given) > longest) {
      throw invalidRequest(`Invalid string: ${path} must be at most ${longest} characters`, path);
    }
    return given;
  };
}

export const integer: Reader<number> = (value, path) => {
  const given = plain(value, path, 'integer');
  if (!/^-?\d{1,15}$/.test(given)) {
    throw invalidRequest(`Invalid integer: ${given}`, path, 'parameter_invalid_integer');
  }
  return Number(given);
};

export const boolean: Reader<boolean> = (value, path) => {
  const given = plain(value, path, 'boolean');
  if (given !== 'true' && given !== 'false') throw invalidRequest(`Invalid boolean: ${given}`, path);
  return given === 'true';
};

/** One of a closed list of words. */
export function oneOf<const T extends string>(...words: readonly T[]): Reader<T> {
  return (value, path) => {
    const given = plain(value, path, 'string');
    const word = words.find((candidate) => candidate === given);
    if (word === undefined) {
      throw invalidRequest(`Invalid ${path}: must be one of ${words.join(', ')}`, path);
    }
    return word;
  };
}

export function list<T>(reader: Reader<T>, longest = 100): Reader<T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw invalidRequest('Invalid array', path);
    if (value.length > longest)
      throw invalidRequest(`Array ${path} exceeded maximum ${longest} allowed elements.`, path);
    return value.map((inner, index) => reader(inner, `${path}[${index}]`));
  };
}

/** A URL with http or https, as Checkout wants it. */
export const webUrl: Reader<string> = (value, path) => {
  const given = text()(value, path);
  const isWeb = /^https?:\/\/[^/]/.test(given) && URL.canParse(given.replaceAll(/[{}]/g, ''));
  if (!isWeb) throw invalidRequest('Not a valid URL', path, 'url_invalid');
  return given;
};

/** A mail address, with at most 64 characters before the @. */
export const email: Reader<string> = (value, path) => {
  const given = text(512)(value, path);
  if (!/^[^\s@<>,;]{1,64}@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(given)) {
    throw invalidRequest(`Invalid email address: ${given}`, path, 'email_invalid');
  }
  return given;
};

/** Metadata: at most 50 keys of 40 characters, values of 500 characters; an empty value drops its key. */
export const metadata: Reader<Record<string, string>> = (value, path) => {
  const given = metadataUpdate(value, path) ?? {};
  return Object.fromEntries(Object.entries(given).filter(([, inner]) => inner !== ''));
};

/** Metadata of an update: keys with an empty value are to go; null when the empty text clears them all. */
export const metadataUpdate: Reader<Record<string, string> | null> = (value, path) => {
  if (value === '') return null;
  if (typeof value === 'string') throw invalidRequest('Invalid object', path);
  const entries = Object.entries(value);
  if (entries.filter(([, inner]) => inner !== '').length > 50) {
    throw invalidRequest('Metadata can have at most 50 keys.', path);
  }
  return Object.fromEntries(
    entries.map(([key, inner]) => {
      const inside = `${path}[${key}]`;
      if (charactersOf(key) > 40) {
        throw invalidRequest(
          `Metadata keys can have up to 40 characters, but you passed in a key with ${charactersOf(key)} characters. Invalid key: ${key}`,
          path,
        );
      }
      const given = plain(inner, inside, 'string');
      if (charactersOf(given) > 500) {
        throw invalidRequest(
          `Metadata values can have up to 500 characters, but you passed in a value that is ${charactersOf(given)} characters. Invalid value: ${given}`,
          inside,
        );
      }
      return [key, given];
    }),
  );
};

/** A parameter that Stripe has and the local Stripe has not. */
export const unsupported: Reader<never> = (_value, path) => {
  throw notSupported(`the parameter ${path}`, path);
};

/** Readers that refuse each named parameter as unsupported. */
export function allUnsupported<const K extends string>(...names: readonly K[]): Record<K, Reader<never>> {
  return Object.fromEntries(names.map((name) => [name, unsupported])) as Record<K, Reader<never>>;
}

/** The value, or Stripe's error about a missing parameter. */
export function need<T>(value: T | undefined, path: string): T {
  if (value === undefined) {
    throw invalidRequest(`Missing required param: ${path}.`, path, 'parameter_missing');
  }
  return value;
}

function plain(value: FormValue, path: string, kind: string): string {
  if (typeof value !== 'string') throw invalidRequest(`Invalid ${kind}: ${JSON.stringify(value)}`, path);
  return value;
}

/** Characters as Stripe counts them: code points, so that one outside the basic plane counts once. */
function charactersOf(value: string): number {
  return Array.from(value).length;
}
