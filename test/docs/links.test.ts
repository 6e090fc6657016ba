import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { z } from 'zod';
import { type MarkdownLink, type MarkdownPage, markdownPages, readPage } from './markdown-pages.ts';
import { variablesRead } from './variables-read.ts';

const root = new URL('../../', import.meta.url);
const pages = markdownPages();
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')));

describe('the documentation', () => {
  for (const page of pages) {
    it(`${page.path} links to nothing that is not there`, () => {
      assert.deepEqual(page.links.flatMap((link) => faultOf(page, link)).toSorted(), []);
    });

    it(`${page.path} names no file that is not there`, () => {
      const missing = page.codes.filter((code) => filePath.test(code) && !exists(code));
      assert.deepEqual(missing, []);
    });

    it(`${page.path} names no command that is not there`, () => {
      const named = [...page.source.matchAll(/\bnpm (?:run (?:--silent )?([\w:-]+)|(start|test)\b)/g)];
      const missing = named.map(([, script, own]) => script ?? own ?? '').filter((script) => !(script in scripts));
      assert.deepEqual(missing, []);
    });
  }

  it('may not link to what is not there, nor promise what the file behind a link has not', () => {
    const target = 'test/docs/errors.test.ts';
    const source = [
      '# One',
      '[a](no.md) ![b](no.png) [c](#two) [d](#one) [e](README.md#nowhere)',
      `[\`nothing\`](${target}) [\`errorCases\`](${target}) [is what … says](${target}) [is … nothing](${target})`,
      '[f](https://example.org)',
    ].join('\n');
    const page = readPage('page.md', source);
    const faulty = page.links.filter((link) => faultOf(page, link).length > 0);
    assert.deepEqual(
      faulty.map(({ text }) => text),
      ['a', 'b', 'c', 'e', 'nothing', 'is … nothing'],
    );
  });
});

describe('docs/configuration.md', () => {
  const page = pages.find(({ path }) => path === 'docs/configuration.md');
  const read = variablesRead();

  it('names every variable that the bot reads', () => {
    const missing = [...read].filter((variable) => !page?.codes.some((code) => nameIn(code) === variable));
    assert.deepEqual(missing, []);
  });

  it('names no variable that the bot does not read', () => {
    const looksLikeOne = /^(?:[A-Z]+_[A-Z_]+|PORT|HOST|MicrosoftApp\w+|To(?:Bot|Channel)From\w+|OAuthUrl)$/;
    const named = new Set(page?.codes.map(nameIn).filter((name) => looksLikeOne.test(name)));
    assert.ok(named.size > 20, 'the page has a form that this test does not understand');
    assert.deepEqual(
      [...named].filter((name) => !read.has(name)),
      [],
    );
  });
});

/** A path below the root, as the pages write them between backticks; patterns such as `test/*.ts` are none. */
const filePath =
  /^(?:bot|cards|src|test|manifest|docs|infra|env|\.vscode|\.github)\/[\w./-]*$|^\.ci\/\w+$|^[\w.-]+\.(?:md|json|yml)$|^Dockerfile$/;

function exists(path: string): boolean {
  return existsSync(new URL(path, root));
}

/** `NAME=value` names NAME. */
function nameIn(code: string): string {
  return code.split('=')[0] ?? code;
}

/**
 * What is wrong with a link, in a line. A link to code whose words are code promises that the file has them; one to a
 * test, that it has a test of that name, where `…` stands for anything.
 */
function faultOf(page: Pick<MarkdownPage, 'path' | 'anchors'>, { href, text, codes }: MarkdownLink): readonly string[] {
  if (/^(?:https?|mailto):/.test(href)) return [];
  const [path = '', anchor] = decodeURIComponent(href).split('#');
  const target = path === '' ? page.path : posix.join(posix.dirname(page.path), path);
  if (!exists(target) && path !== '') return [`${href}: there is no such file`];
  const { anchors } = path === '' ? page : (pages.find((each) => each.path === target) ?? { anchors: new Set() });
  if (anchor !== undefined && !anchors.has(anchor)) return [`${href}: there is no such heading`];
  if (!target.endsWith('.ts')) return [];
  const source = readFileSync(new URL(target, root), 'utf8');
  const isTestName = target.endsWith('.test.ts') && codes.length === 0 && !target.endsWith(text);
  const missing = isTestName
    ? text.split('…').filter((each) => !source.includes(each.trim()))
    : codes.flatMap(wordsOf).filter((each) => !wordsOf(source).includes(each));
  return missing.map((each) => `${href}: it has no “${each.trim()}”`);
}

function wordsOf(text: string): readonly string[] {
  return text.split(/[^\w$]+/).filter((each) => each !== '');
}
