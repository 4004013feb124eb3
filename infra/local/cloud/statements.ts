/** An attribute as DynamoDB's JSON has it: its type, then its value. */
type Attributes = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One statement of BatchExecuteStatement. */
export interface Statement {
  readonly Statement: string;
  readonly Parameters?: readonly Attributes[string][];
}

/** What a statement writes. */
export interface Written {
  readonly action: 'PartiQLInsert' | 'PartiQLUpdate';
  readonly TableName: string;
  readonly Key: Attributes;
}

/**
 * Reads which item a PartiQL statement writes, as far as the product writes them: every value is a parameter.
 * @returns undefined for any other statement
 */
export function readStatement({ Statement, Parameters = [] }: Statement): Written | undefined {
  const [, verb, TableName] = /^(INSERT INTO|UPDATE) "([^"]+)" /.exec(Statement) ?? [];
  const names = [...Statement.matchAll(/(?:['"](\w+)['"](?::| =) )?\?/g)].map(([, name]) => name);
  const [pk, sk] = ['pk', 'sk'].map((name) => Parameters[names.indexOf(name)]);
  if (TableName === undefined || !pk || !sk) return undefined;
  return { action: verb === 'UPDATE' ? 'PartiQLUpdate' : 'PartiQLInsert', TableName, Key: { pk, sk } };
}
