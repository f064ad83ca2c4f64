/** The table of every key of a template, as Markdown, from the schema that editors use. */

export interface Schema {
  readonly description?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
}

export interface Key {
  /** `page.margins.top`; `*` for a name that a template chooses. */
  readonly path: string;
  readonly schema: Schema;
}

/** Every key that has a value of its own, in the schema's order. */
export function keysOf(schema: Schema, root: Schema = schema, path = ''): Key[] {
  const whole = schema.$ref ? { ...resolve(schema.$ref, root), ...schema } : schema;
  const below = { ...whole.properties };
  for (const one of Object.values(whole.patternProperties ?? {})) below['*'] = one;
  if (Object.keys(below).length === 0) return [{ path, schema: whole }];
  return Object.entries(below).flatMap(([key, one]) =>
    keysOf(one, root, path === '' ? key : `${path}.${key}`),
  );
}

const resolve = (reference: string, root: Schema): Schema =>
  root.$defs?.[reference.replace('#/$defs/', '')] ?? {};

/** The table. */
export function tableOf(schema: Schema): string {
  const rows = keysOf(schema).map(({ path, schema: one }) => {
    const values =
      one.enum?.map((value) => `\`${value}\``).join(', ') ??
      (one.minimum === undefined ? typeOf(one) : `${one.minimum} to ${one.maximum ?? ''}`);
    const standard = one.default === undefined ? '' : codeOf(one.default);
    return `| \`${path}\` | ${values} | ${standard} | ${one.description ?? ''} |`;
  });
  return ['| key | values | default | what it does |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

const codeOf = (value: unknown): string =>
  value === '' ? 'empty' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

const typeOf = (one: Schema): string =>
  one.type === 'boolean' ? '`true`, `false`' : one.$ref === '#/$defs/colour' ? 'a colour' : 'text';
