import { inject } from 'vitest';
import type { Table } from '#platform/table/table.ts';
import { dynamoDbNeeds, type TableKeys } from '../../infra/local/cloud/dynamodb-gateway.ts';
import { tableKeys } from '../../infra/local/cloud/tables.ts';
import {
  bucketDenials,
  type Role,
  readRoles,
  refusalOf,
  type Statement,
} from '../../infra/local/template/access.ts';
import { buildModel } from '../../infra/local/template/model.ts';
import type { Template } from '../../infra/local/template/template.ts';

/** What the roles of the synthesized template may do with its table. */
export interface TemplateRoles {
  readonly tableName: string;
  readonly bucketName: string;
  /** What the bucket's own policy refuses. */
  readonly bucketDenials: readonly Statement[];
  readonly roleOf: (owner: string) => Role;
  /** AWS's refusal of a call of the table by a function under its role; undefined where it is allowed. */
  readonly refusal: (owner: string, operation: string, input: object) => string | undefined;
}

let read: TemplateRoles | undefined;

/** Reads the template once for all tests of a worker. */
export function templateRoles(): TemplateRoles {
  read ??= readTemplate();
  return read;
}

function readTemplate(): TemplateRoles {
  const stacks = Object.entries(JSON.parse(inject('stacks')) as Record<string, Template>);
  const model = buildModel(
    { stacks: stacks.map(([name, template]) => ({ name, template })), assets: new Map() },
    {
      region: 'ap-east-1',
      account: '111122223333',
      siteUrl: 'http://127.0.0.1:8787',
      servicesUrl: 'http://127.0.0.1:9999',
    },
  );
  const roles: readonly Role[] = [...readRoles(model).values()];
  const tables: TableKeys = tableKeys(model);
  const roleOf = (owner: string): Role => {
    const role = roles.find(({ name }) => name.includes(`-${owner}Role`));
    if (!role) throw new Error(`There is no role of ${owner}.`);
    return role;
  };
  return {
    roleOf,
    bucketName: model.of('AWS::S3::Bucket')[0]?.ref ?? '',
    bucketDenials: bucketDenials(model),
    tableName: model.of('AWS::DynamoDB::GlobalTable')[0]?.ref ?? '',
    refusal: (owner, operation, input) => {
      const needs = dynamoDbNeeds(operation, input, tables);
      if (!needs) throw new Error(`There is no ${operation}.`);
      return refusalOf({ name: owner, role: roleOf(owner) }, needs);
    },
  };
}

/**
 * The same table as a function reaches it: what its role of the template does not allow is refused, so that every test of a flow
 * proves that the grants suffice.
 *
 * @param owner the function's construct, for example `Site`
 */
export function underRole(owner: string, table: Table): Table {
  // The bench measures the product without it.
  if (!process.env.VITEST) return table;
  const { refusal, tableName } = templateRoles();
  const send = (
    command: { readonly input: object; readonly constructor: { readonly name: string } },
    ...rest: unknown[]
  ) => {
    const operation = command.constructor.name
      .replace(/Command$/, '')
      .replace(/^(Get|Put|Update|Delete)$/, '$1Item')
      .replace(/^Batch(Get|Write)$/, 'Batch$1Item');
    const input = JSON.parse(
      // In quotes of its own, or inside a statement.
      JSON.stringify(command.input).replaceAll(
        new RegExp(String.raw`(\\?")${table.name}(\\?")`, 'g'),
        (_, open, close) => `${open}${tableName}${close}`,
      ),
      asAttribute,
    ) as object;
    const refused = refusal(owner, operation, input);
    if (refused) return Promise.reject(new Error(refused));
    return (table.client.send as (...all: unknown[]) => unknown)(command, ...rest);
  };
  return { ...table, client: Object.create(table.client, { send: { value: send } }) as Table['client'] };
}

/** The document client's plain keys as DynamoDB's own attributes. */
function asAttribute(name: string, value: unknown): unknown {
  const isKey = name === 'pk' || name === 'list' || name.startsWith(':');
  return isKey && typeof value === 'string' ? { S: value } : value;
}
