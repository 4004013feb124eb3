import { identityOf, type Place } from './identities.ts';
import { type Assembly, type Stack, TemplateError, type TemplateResource } from './template.ts';

/** Resolves CloudFormation's intrinsic functions over all stacks of an assembly. */
export class Resolver {
  readonly assembly: Assembly;
  readonly place: Place;
  readonly #naming = new Set<string>();

  constructor(assembly: Assembly, place: Place) {
    this.assembly = assembly;
    this.place = place;
  }

  /**
   * @param stack the stack whose names `Ref` and `Fn::GetAtt` mean
   * @param value any part of its template
   * @param at what is being resolved, for the error: `Stack/LogicalId.Property`
   * @returns the value with every intrinsic function replaced; what is `AWS::NoValue` is left out
   * @throws TemplateError for an unknown function or name
   */
  resolve(stack: Stack, value: unknown, at: string): unknown {
    if (Array.isArray(value)) {
      return value
        .map((item, i) => this.resolve(stack, item, `${at}[${i}]`))
        .filter((item) => item !== undefined);
    }
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [first] = entries;
    if (entries.length === 1 && first && (first[0] === 'Ref' || first[0].startsWith('Fn::'))) {
      return this.#call(stack, first[0], first[1], at);
    }
    return Object.fromEntries(
      entries
        .map(([key, item]) => [key, this.resolve(stack, item, `${at}.${key}`)] as const)
        .filter(([, item]) => item !== undefined),
    );
  }

  /** A resource's physical name, as `Ref` gives it. */
  ref(stack: Stack, logicalId: string, at: string): unknown {
    const identity = this.#identity(stack, logicalId, at);
    return identity.ref;
  }

  /** An attribute of a resource, as `Fn::GetAtt` gives it. */
  attribute(stack: Stack, logicalId: string, name: string, at: string): string {
    const value = this.#identity(stack, logicalId, at).attributes[name];
    if (value === undefined) {
      const type = stack.template.Resources[logicalId]?.Type;
      throw new TemplateError(
        `${at}: attribute ${name} of ${logicalId} (${type}) is not known to the local cloud.`,
      );
    }
    return value;
  }

  #identity(stack: Stack, logicalId: string, at: string) {
    const resource = stack.template.Resources[logicalId];
    if (!resource)
      throw new TemplateError(`${at}: there is no resource ${logicalId} in stack ${stack.name}.`);
    return identityOf({
      type: resource.Type,
      stackName: stack.name,
      logicalId,
      name: (property) => this.#nameProperty(stack, logicalId, resource, property),
      place: this.#placeOf(stack),
    });
  }

  #nameProperty(stack: Stack, logicalId: string, resource: TemplateResource, property: string) {
    const at = `${stack.name}/${logicalId}.${property}`;
    if (this.#naming.has(at)) throw new TemplateError(`${at}: the name is made of itself.`);
    this.#naming.add(at);
    const name = this.resolve(stack, resource.Properties?.[property], at);
    this.#naming.delete(at);
    return typeof name === 'string' ? name : undefined;
  }

  #placeOf(stack: Stack): Place {
    return {
      ...this.place,
      region: stack.region ?? this.place.region,
      account: stack.account ?? this.place.account,
    };
  }

  #call(stack: Stack, name: string, argument: unknown, at: string): unknown {
    switch (name) {
      case 'Ref':
        return this.#refOrPseudo(stack, String(argument), at);
      case 'Fn::GetAtt': {
        const path = typeof argument === 'string' ? argument.split('.') : (argument as string[]);
        return this.attribute(stack, path[0] ?? '', path.slice(1).join('.'), at);
      }
      case 'Fn::Join': {
        const [separator, parts] = this.resolve(stack, argument, at) as [string, unknown[]];
        return this.#public(parts.join(separator));
      }
      case 'Fn::Sub':
        return this.#public(this.#substitute(stack, argument, at));
      case 'Fn::Select': {
        const [index, list] = this.resolve(stack, argument, at) as [number | string, unknown[]];
        return list[Number(index)];
      }
      case 'Fn::Split': {
        const [separator, text] = this.resolve(stack, argument, at) as [string, string];
        return text.split(separator);
      }
      case 'Fn::ImportValue':
        return this.#import(String(this.resolve(stack, argument, at)), at);
      default:
        throw new TemplateError(`${at}: the local cloud does not know the intrinsic function ${name}.`);
    }
  }

  #refOrPseudo(stack: Stack, name: string, at: string): unknown {
    const place = this.#placeOf(stack);
    switch (name) {
      case 'AWS::Region':
        return place.region;
      case 'AWS::AccountId':
        return place.account;
      case 'AWS::Partition':
        return 'aws';
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return stack.name;
      case 'AWS::StackId':
        return `arn:aws:cloudformation:${place.region}:${place.account}:stack/${stack.name}/local`;
      case 'AWS::NoValue':
        return undefined;
      default: {
        const parameter = stack.template.Parameters?.[name];
        return parameter ? parameter.Default : this.ref(stack, name, at);
      }
    }
  }

  #substitute(stack: Stack, argument: unknown, at: string): string {
    const [text, names] = (typeof argument === 'string' ? [argument, {}] : argument) as [string, object];
    const given = this.resolve(stack, names, at) as Record<string, unknown>;
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in given) return String(given[name]);
      const call = name.includes('.') && !name.includes('::') ? 'Fn::GetAtt' : 'Ref';
      return String(this.#call(stack, call, name, at));
    });
  }

  #import(exported: string, at: string): unknown {
    for (const stack of this.assembly.stacks) {
      for (const [name, output] of Object.entries(stack.template.Outputs ?? {})) {
        const where = `${stack.name}/Outputs.${name}`;
        if (output.Export && this.resolve(stack, output.Export.Name, where) === exported) {
          return this.resolve(stack, output.Value, where);
        }
      }
    }
    throw new TemplateError(`${at}: no stack exports ${exported}.`);
  }

  // CDK writes an API's own address out of its id; on the laptop that address is the site's.
  #public(text: string): string {
    const apiAddress = /https:\/\/[a-z0-9-]+\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g;
    return text.replace(apiAddress, () => this.place.siteUrl);
  }
}
