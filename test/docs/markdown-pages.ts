/** What a page of the documentation names: headings, links, code. */
import { readdirSync, readFileSync } from 'node:fs';
import MarkdownIt, { type Token } from 'markdown-it';

/** A page, as its reader's viewer sees it. */
export interface MarkdownPage {
  /** Its path from the root of the project. */
  readonly path: string;
  readonly source: string;
  /** By GitHub's rule, without `#`. */
  readonly anchors: ReadonlySet<string>;
  readonly links: readonly MarkdownLink[];
  /** What stands between single backticks, links included. */
  readonly codes: readonly string[];
  /** What stands between fences, with what the fence says it is. */
  readonly blocks: readonly { readonly info: string; readonly text: string }[];
}

/** A link or a picture. */
export interface MarkdownLink {
  readonly href: string;
  /** Its words. */
  readonly text: string;
  /** Those of its words that are code. */
  readonly codes: readonly string[];
}

const root = new URL('../../', import.meta.url);
const parser = new MarkdownIt({ html: true });

/** Every page at the root of the project, and below `docs/`. */
export function markdownPages(): readonly MarkdownPage[] {
  const below = readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' });
  const files = [...readdirSync(root), ...below.map((file) => `docs/${file.replaceAll('\\', '/')}`)];
  const paths = files.filter((file) => file.endsWith('.md'));
  return paths.map((path) => readPage(path, readFileSync(new URL(path, root), 'utf8')));
}

/** Reads one page. */
export function readPage(path: string, source: string): MarkdownPage {
  const tokens = parser.parse(source, {});
  const inline = tokens.flatMap(({ type, children }) => (type === 'inline' ? [children ?? []] : []));
  const headings = tokens.flatMap((token, i) =>
    token.type === 'heading_open' ? [textOf(tokens[i + 1]?.children ?? [])] : [],
  );
  return {
    path,
    source,
    anchors: new Set(headings.map(anchorOf)),
    links: inline.flatMap(linksOf),
    codes: inline.flatMap(codesOf),
    blocks: tokens.flatMap(({ type, info, content }) => (type === 'fence' ? [{ info, text: content }] : [])),
  };
}

function linksOf(line: readonly Token[]): readonly MarkdownLink[] {
  return line.flatMap((token, i): readonly MarkdownLink[] => {
    if (token.type === 'image') return [{ href: String(token.attrGet('src') ?? ''), text: token.content, codes: [] }];
    if (token.type !== 'link_open') return [];
    const inside = line.slice(
      i + 1,
      line.findIndex(({ type }, at) => at > i && type === 'link_close'),
    );
    return [{ href: String(token.attrGet('href') ?? ''), text: textOf(inside), codes: codesOf(inside) }];
  });
}

function codesOf(line: readonly Token[]): readonly string[] {
  return line.flatMap(({ type, content }) => (type === 'code_inline' ? [content] : []));
}

/** A line break in a link's words is a blank. */
function textOf(line: readonly Token[]): string {
  return line.map(({ type, content }) => (type === 'softbreak' ? ' ' : content)).join('');
}

function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replaceAll(/\s/g, '-');
}
