import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { clouds } from '../../bot/clouds.ts';
import { readVariables } from '../../manifest/variables.ts';
import { type MarkdownPage, markdownPages } from './markdown-pages.ts';
import { variablesRead } from './variables-read.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const pages = markdownPages();
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

/** Fences that hold something to type: in a shell, or, marked so, in one that is signed in to Azure. */
const shells = ['', 'sh', 'sh azure'];
const typed = ({ blocks }: MarkdownPage) => blocks.filter(({ info }) => shells.includes(info));
const pageAt = (path: string) => pages.find((page) => page.path === path) ?? assert.fail(`there is no ${path}`);

/** Read by the host, by a library, or by a tool, and not by us. */
const foreign = [
  'IDENTITY_ENDPOINT',
  'IDENTITY_HEADER',
  'UPDATE_GOLDEN',
  'APPLICATION_INSIGHTS_NO_STATSBEAT',
  'NODE_EXTRA_CA_CERTS',
];
const known = new Set([
  ...variablesRead(),
  ...variablesOfManifest(),
  ...foreign,
  ...[...read('infra/main.bicepparam').matchAll(/readEnvironmentVariable\('(\w+)'/g)].map(([, name = '']) => name),
]);

describe('what the pages tell to type', () => {
  for (const page of pages) {
    it(`${page.path} gives our commands no option that they do not know`, () => {
      const unknown = [
        ...page.source.matchAll(/\bnpm run (?:--silent )?([\w:-]+)(?: --silent)? -- ([^`\n|]*)/g),
      ].flatMap(([, script = '', options = '']) =>
        [...options.matchAll(/--([a-z][a-z-]*)/g)]
          .map(([, option = '']) => option)
          .filter((option) => !sourceOf(script).match(new RegExp(`\\b${option}['"]?: ?\\{?|'${option}'`)))
          .map((option) => `npm run ${script} -- --${option}`),
      );
      assert.deepEqual(unknown, []);
    });

    it(`${page.path} starts no file that is not there`, () => {
      const started = typed(page).flatMap(({ text }) => [...text.matchAll(/\bnode ((?:[\w-]+\/)+[\w.-]+\.ts)/g)]);
      const missing = started.map(([, path = '']) => path).filter((path) => !existsSync(new URL(path, root)));
      assert.deepEqual(missing, []);
    });

    it(`${page.path} names no variable that nothing reads`, () => {
      const named = page.codes.map((code) => code.split('=')[0] ?? '').filter((code) => /^[A-Z]+_[A-Z_]+$/.test(code));
      assert.deepEqual(
        named.filter((name) => !isKnown(name, page)),
        [],
      );
    });

    it(`${page.path} uses no shell variable that it has not set`, () => {
      for (const { info, text } of page.blocks.filter((block) => block.info.startsWith('sh'))) {
        for (const [, name = ''] of text.matchAll(/\$(\w+)/g)) assert.ok(isKnown(name, page), `$${name}`);
        assert.ok(info === 'sh azure' || !/\baz /.test(text), 'what needs Azure is marked so');
      }
    });
  }
});

describe('docs/operate.md', () => {
  it('names every host that the bot calls, in every cloud', () => {
    const { codes } = pageAt('docs/operate.md');
    const hosts = Object.values(clouds).flatMap((cloud) => [
      ...[cloud.authorityHost, cloud.defenderApi, cloud.openIdMetadata, cloud.tokenService].map(
        (url) => new URL(url).host,
      ),
      ...cloud.serviceUrlHosts,
    ]);
    const named = new Set(codes.map((code) => code.toLowerCase()));
    assert.deepEqual(
      hosts.filter((host) => !named.has(host.toLowerCase())),
      [],
    );
  });
});

/** The sources of a script: its file, and those beside it. */
function sourceOf(script: string): string {
  const entry = /\bnode ([\w./-]+\.ts)/.exec(scripts[script] ?? '')?.[1];
  if (entry === undefined) return '';
  const folder = dirname(entry);
  const files = readdirSync(new URL(`${folder}/`, root), { encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files.map((file) => read(join(folder, file))).join('\n');
}

function isKnown(name: string, page: MarkdownPage): boolean {
  return known.has(name) || [page, pageAt('docs/setup.md')].some((each) => setBy(each).has(name));
}

/** What a page's own blocks set. `export $(…)` sets what `npm run entra` prints. */
function setBy(page: MarkdownPage): ReadonlySet<string> {
  const set = page.blocks.flatMap(({ text }) =>
    [...text.matchAll(/(?:^|\bexport |\s)(\w+)=/gm)].map(([, name = '']) => name),
  );
  return new Set(set);
}

/** What the manifest's packer asks the environment for. */
function variablesOfManifest(): readonly string[] {
  const asked: string[] = [];
  const get = (_: unknown, variable: string | symbol) => {
    asked.push(String(variable));
    return undefined;
  };
  readVariables(new Proxy<Readonly<Record<string, string | undefined>>>({}, { get }), '0.0.0');
  return asked;
}
