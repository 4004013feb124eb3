import type { Place } from './identities.ts';
import { Resolver } from './intrinsics.ts';
import {
  type InterpretedType,
  interpretedTypes,
  type PropertiesOf,
  typesWithoutLocalEffect,
} from './properties.ts';
import { type Assembly, type Stack, TemplateError } from './template.ts';

/** A resource of the template with its intrinsics resolved and its properties checked. */
export interface ModelResource<T extends InterpretedType = InterpretedType> {
  /** `Stack/LogicalId`, for messages. */
  readonly id: string;
  readonly logicalId: string;
  /** What `Ref` gives: a name, or a queue's URL. */
  readonly ref: string;
  readonly properties: PropertiesOf<T>;
  /** What `Fn::GetAtt` gives. */
  attribute(name: string): string;
}

/** The resources of all stacks, by type. */
export interface Model {
  readonly place: Place;
  of<T extends InterpretedType>(type: T): readonly ModelResource<T>[];
}

/**
 * Resolves and checks every resource of the assembly.
 *
 * @throws TemplateError naming logical id and property, for whatever the local cloud cannot run
 */
export function buildModel(assembly: Assembly, place: Place): Model {
  const resolver = new Resolver(assembly, place);
  const byType = new Map<string, ModelResource[]>();
  for (const stack of assembly.stacks) {
    if (stack.template.Transform !== undefined) {
      throw new TemplateError(`${stack.name}: the local cloud does not know template transforms.`);
    }
    for (const logicalId of Object.keys(stack.template.Resources)) {
      const type = interpretedTypeOf(stack, logicalId);
      if (!type) continue;
      const list = byType.get(type) ?? [];
      byType.set(type, [...list, buildResource(resolver, stack, logicalId, type)]);
    }
  }
  return {
    place,
    of: <T extends InterpretedType>(type: T) => (byType.get(type) ?? []) as readonly ModelResource<T>[],
  };
}

function interpretedTypeOf(stack: Stack, logicalId: string): InterpretedType | undefined {
  const resource = stack.template.Resources[logicalId];
  const type = resource?.Type ?? '';
  if (typesWithoutLocalEffect.has(type)) return undefined;
  if (!(type in interpretedTypes)) {
    throw new TemplateError(
      `${stack.name}/${logicalId}: the local cloud does not know the resource type ${type}.`,
    );
  }
  if (resource?.Condition !== undefined) {
    throw new TemplateError(
      `${stack.name}/${logicalId}: the local cloud does not know conditional resources.`,
    );
  }
  return type as InterpretedType;
}

function buildResource(
  resolver: Resolver,
  stack: Stack,
  logicalId: string,
  type: InterpretedType,
): ModelResource {
  const id = `${stack.name}/${logicalId}`;
  const resolved = resolver.resolve(stack, stack.template.Resources[logicalId]?.Properties ?? {}, id);
  const parsed = interpretedTypes[type].safeParse(resolved);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = [id, ...(issue?.path ?? [])].join('.');
    throw new TemplateError(`${path} (${type}): the local cloud cannot run this property: ${issue?.message}`);
  }
  return {
    id,
    logicalId,
    ref: String(resolver.ref(stack, logicalId, id)),
    properties: parsed.data as PropertiesOf<InterpretedType>,
    attribute: (name) => resolver.attribute(stack, logicalId, name, id),
  };
}
