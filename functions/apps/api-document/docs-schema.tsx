import type { Schema } from '#platform/http/described.ts';

/** The document's schemas by name. */
export type SchemasByName = Readonly<Record<string, Schema>>;

interface Row {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** A table of a schema's fields, with the fields of its parts beneath them; nothing for a schema without fields. */
export function Fields(props: { caption: string; schema: Schema; schemas: SchemasByName }) {
  const rows = rowsOf(props.schema, props.schemas, '');
  if (rows.length === 0) return null;
  return (
    <div class="wide">
      <table>
        <caption>{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col">Field</th>
            <th scope="col">Type</th>
            <th scope="col">Meaning</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, type, required, description }) => (
            <tr>
              <th scope="row">
                <code>{name}</code>
              </th>
              <td>
                {type}
                {required ? '' : ', optional'}
              </td>
              <td>
                <Marked text={description} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Text with `code` between backticks. */
export function Marked({ text }: { text: string }) {
  return <>{text.split('`').map((part, i) => (i % 2 === 1 ? <code>{part}</code> : part))}</>;
}

function rowsOf(schema: Schema, schemas: SchemasByName, prefix: string): Row[] {
  const { properties = {}, required = [] } = resolve(schema, schemas);
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const shape = resolve(field, schemas);
    const inner = shape.items ? resolve(shape.items, schemas) : shape;
    const description = [field.description ?? shape.anyOf?.[0]?.description, limitsOf(shape)]
      .filter(Boolean)
      .join(' ');
    return [
      { name: path, type: typeOf(shape, schemas), required: required.includes(name), description },
      ...rowsOf(inner, schemas, `${path}${shape.items ? '[]' : ''}.`),
    ];
  });
}

/** Follows a reference to the schema itself. */
export function resolve(schema: Schema, schemas: SchemasByName): Schema {
  return (schema.$ref && schemas[schema.$ref.split('/').at(-1) ?? '']) || schema;
}

function typeOf(schema: Schema, schemas: SchemasByName): string {
  if (schema.anyOf) return schema.anyOf.map((each) => typeOf(resolve(each, schemas), schemas)).join(' or ');
  if (schema.items) return `list of ${typeOf(resolve(schema.items, schemas), schemas)}`;
  return schema.type ?? 'any';
}

/** The limits that a schema sets, as text. The bounds of all safe integers are left out. */
function limitsOf(schema: Schema): string {
  const { enum: values, minimum, maximum, minLength, maxLength, default: preset } = schema;
  const bounds = [
    Array.isArray(values) && `One of ${values.map((value) => `\`${value}\``).join(', ')}.`,
    isLimit(minimum) && `At least ${minimum}.`,
    isLimit(maximum) && `At most ${maximum}.`,
    isLimit(minLength) && isLimit(maxLength) && `${minLength} to ${maxLength} characters.`,
    minLength === undefined && isLimit(maxLength) && `At most ${maxLength} characters.`,
    preset !== undefined && `\`${JSON.stringify(preset)}\` by default.`,
  ];
  return bounds.filter(Boolean).join(' ');
}

function isLimit(value: unknown): value is number {
  return typeof value === 'number' && Math.abs(value) !== Number.MAX_SAFE_INTEGER;
}
