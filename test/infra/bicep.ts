/** Bicep files, read by their grammar: what they declare, and what they name. No compiler is to be had here. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

/** `param`. */
export interface BicepParameter {
  readonly name: string;
  readonly hasDefault: boolean;
  readonly isDescribed: boolean;
  readonly isSecure: boolean;
}

/** `resource`. */
export interface BicepResource {
  readonly name: string;
  /** `Microsoft.App/containerApps`, or what a nested one adds to its parent's. */
  readonly type: string;
  /** Empty for a nested one. */
  readonly version: string;
}

/** `module`. */
export interface BicepModule {
  readonly name: string;
  readonly path: string;
  /** Names of what it is given. */
  readonly params: readonly string[];
}

/** A file, as a compiler would see it. */
export interface BicepFile {
  /** Relative to `infra/`. */
  readonly path: string;
  /** What the grammar does not understand, with its place. */
  readonly faults: readonly string[];
  readonly params: readonly BicepParameter[];
  readonly variables: readonly string[];
  readonly resources: readonly BicepResource[];
  readonly modules: readonly BicepModule[];
  readonly outputs: readonly string[];
  /** How often each name stands there, its declaration included. */
  readonly named: ReadonlyMap<string, number>;
  readonly text: string;
}

const folder = new URL('../../infra/', import.meta.url);
const grammar = fileURLToPath(import.meta.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm'));

/** Every Bicep file below `infra/`. */
export async function bicepFiles(): Promise<readonly BicepFile[]> {
  const read = await bicepReader();
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.bicep'))
    .map((path) => read(path.replaceAll('\\', '/'), readFileSync(new URL(path, folder), 'utf8')));
}

/** Loads the grammar. The reader takes a path to name the file by, and its text. */
export async function bicepReader(): Promise<(path: string, text: string) => BicepFile> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (path, text) => {
    const tree = parser.parse(text);
    if (tree === null) throw new Error(`${path} could not be read`);
    return fileOf(path, text, tree.rootNode);
  };
}

function fileOf(path: string, text: string, root: Node): BicepFile {
  const declared = root.namedChildren.map((node, i, all) => ({ node, decorators: all[i - 1] }));
  const of = (type: string) => declared.filter(({ node }) => node.type === type);
  const nodes = root.descendantsOfType(['identifier', 'property_identifier', 'compatible_identifier']);
  const named = new Map<string, number>();
  for (const { text: name } of nodes) named.set(name, (named.get(name) ?? 0) + 1);
  return {
    path,
    text,
    faults: faultsIn(root),
    params: of('parameter_declaration').map(({ node, decorators }) => parameterOf(node, decorators)),
    variables: of('variable_declaration').map(({ node }) => nameOf(node)),
    resources: root.descendantsOfType('resource_declaration').map(resourceOf),
    modules: of('module_declaration').map(({ node }) => moduleOf(node)),
    outputs: of('output_declaration').map(({ node }) => nameOf(node)),
    named,
  };
}

function faultsIn(node: Node): readonly string[] {
  if (node.isError || node.isMissing) {
    const { row, column } = node.startPosition;
    return [`line ${row + 1}, column ${column + 1}: ${node.text.slice(0, 40)}`];
  }
  return node.hasError ? node.children.flatMap(faultsIn) : [];
}

function nameOf(declaration: Node): string {
  return declaration.namedChildren[0]?.text ?? '';
}

function parameterOf(node: Node, before: Node | undefined): BicepParameter {
  const decorators = before?.type === 'decorators' ? before.text : '';
  return {
    name: nameOf(node),
    hasDefault: node.namedChildCount > 2,
    isDescribed: decorators.includes('@description('),
    isSecure: decorators.includes('@secure()'),
  };
}

function resourceOf(node: Node): BicepResource {
  const [type = '', version = ''] = unquoted(node.namedChildren[1]).split('@');
  return { name: nameOf(node), type, version };
}

function moduleOf(node: Node): BicepModule {
  const body = node.namedChildren.at(-1);
  const params = propertiesOf(body).find(({ key }) => key === 'params')?.value;
  return {
    name: nameOf(node),
    path: unquoted(node.namedChildren[1]),
    params: propertiesOf(params).map(({ key }) => key),
  };
}

/** The keys of the object that is assigned to a property of that name, wherever it is in the file. */
export async function keysOf({ text }: BicepFile, property: string): Promise<readonly string[]> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  const root = parser.parse(text)?.rootNode;
  const found = root?.descendantsOfType('object_property').find((node) => nameOf(node) === property);
  return (found?.descendantsOfType('object') ?? []).flatMap((object) => propertiesOf(object).map(({ key }) => key));
}

function propertiesOf(object: Node | undefined): readonly { readonly key: string; readonly value: Node | undefined }[] {
  const properties = object?.namedChildren.filter(({ type }) => type === 'object_property') ?? [];
  return properties.map((node) => ({ key: nameOf(node), value: node.namedChildren[1] }));
}

function unquoted(node: Node | undefined): string {
  return node?.text.replace(/^'|'$/g, '') ?? '';
}
