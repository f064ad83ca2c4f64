/** The public surface: every name that the library exports, with its type. What changes it is a change that users see. */
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { root } from './engross.js';

const entries = ['index', 'unified'];
const program = ts.createProgram(
  entries.map((name) => join(root, `src/${name}.ts`)),
  {
    target: ts.ScriptTarget.ES2023,
    lib: ['lib.es2023.d.ts'],
    types: ['node'],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
  },
);
const checker = program.getTypeChecker();
const flags: ts.TypeFormatFlags =
  ts.TypeFormatFlags.NoTruncation |
  ts.TypeFormatFlags.WriteArrayAsGenericType |
  ts.TypeFormatFlags.UseAliasDefinedOutsideCurrentScope;

const resolved = (symbol: ts.Symbol): ts.Symbol =>
  (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);

/** What is there when the program runs; `export type *` lets only its type through. */
const isValue = (symbol: ts.Symbol): boolean => (resolved(symbol).flags & ts.SymbolFlags.Value) !== 0;

/** One line for a value or a type of another type; for an object type a line for each of its fields. */
function linesOf(symbol: ts.Symbol): string[] {
  const { name } = symbol;
  const target = resolved(symbol);
  const written = (type: ts.Type) => checker.typeToString(type, undefined, flags);
  if ((target.flags & ts.SymbolFlags.Class) !== 0) return [`class ${name}`];
  if ((target.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias)) !== 0) {
    const type = checker.getDeclaredTypeOfSymbol(target);
    if (type.isUnion() || (type.flags & ts.TypeFlags.Object) === 0)
      return [`type ${name} = ${checker.typeToString(type, undefined, spelledOut)}`];
    const [declaration] = target.declarations ?? [];
    // An alias of a type that isn't ours, as a map: what that has is not for us to write down.
    if (declaration && ts.isTypeAliasDeclaration(declaration))
      return [`type ${name} = ${declaration.type.getText().replaceAll(/\s+/g, ' ')}`];
    const fields = checker.getPropertiesOfType(type).map((field) => {
      const mark = (field.flags & ts.SymbolFlags.Optional) === 0 ? '' : '?';
      return `  ${field.name}${mark}: ${written(checker.getTypeOfSymbol(field))}`;
    });
    return [`type ${name}`, ...fields];
  }
  return [`${name}: ${written(checker.getTypeOfSymbol(target))}`];
}

const spelledOut: ts.TypeFormatFlags = flags | ts.TypeFormatFlags.InTypeAlias;

/** Lists that grow by a word now and then are no change of the surface, and a template's keys have a page and a test of their own. */
const shortened = (line: string): string => line.replaceAll(/(?:"[a-z-]+"(?: \| )?){12,}/g, '"…"');
const elsewhere = new Set(['Template', 'Strings']);

/** The exports of an entry, by name. */
function exportsOf(entry: string): readonly ts.Symbol[] {
  const file = program.getSourceFile(join(root, `src/${entry}.ts`));
  const symbol = file && checker.getSymbolAtLocation(file);
  if (!symbol) throw new Error(`${entry}.ts exports nothing`);
  return checker.getExportsOfModule(symbol).sort((one, other) => (one.name < other.name ? -1 : 1));
}

it.each(entries)('%s exports what is written down, and nothing else', async (entry) => {
  const values = Object.keys((await import(`../src/${entry}.ts`)) as object);
  const surface = exportsOf(entry)
    .filter((symbol) => !isValue(symbol) || values.includes(symbol.name))
    .flatMap((symbol) => (elsewhere.has(symbol.name) ? [`type ${symbol.name}`] : linesOf(symbol)))
    .map(shortened)
    .join('\n');
  // `npx vitest run test/library-surface.test.ts -u` writes it down anew: say so in CHANGELOG.md.
  await expect(`${surface}\n`).toMatchFileSnapshot(`library-surface/${entry}.txt`);
});

it.each(entries)('%s documents every name', (entry) => {
  const bare = exportsOf(entry).filter(
    (symbol) => ts.displayPartsToString(resolved(symbol).getDocumentationComment(checker)).trim() === '',
  );
  expect(bare.map((symbol) => symbol.name)).toEqual([]);
});
