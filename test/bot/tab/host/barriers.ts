/** What axe finds in a page. */
import axe from 'axe-core';
import type { Frame } from 'playwright-core';
import { z } from 'zod';

const violations = z.object({
  violations: z.array(
    z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.looseObject({ html: z.string() })) }),
  ),
});
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/**
 * What keeps somebody with a keyboard, a screen reader or weak eyes from using a document as it stands: how grave, which
 * rule, and where.
 * @param part a CSS selector of what is looked at; all of it by default
 */
export async function barriersIn(frame: Frame, part?: string): Promise<readonly string[]> {
  await frame.evaluate(axe.source);
  const where = part === undefined ? 'document' : JSON.stringify(part);
  const run = `axe.run(${where}, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] })`;
  const found = violations.parse(await frame.evaluate(run));
  return found.violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => `${impact} ${id}: ${node.html}`));
}
