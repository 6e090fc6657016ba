/** `npm run cards`: a picture of every card in every state, theme and width, and in German on a phone, in `out/cards`. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Drawing, drawCards, hasChromium, startChromium } from './browser.ts';
import { everyCard, everyGermanCard } from './every-card.ts';

const out = new URL('../../out/cards/', import.meta.url);

const drawings: readonly (Drawing & { readonly name: string; readonly cards: typeof everyCard })[] = [
  { name: 'light', theme: 'light', width: 400, cards: everyCard },
  { name: 'dark', theme: 'dark', width: 400, cards: everyCard },
  { name: 'phone-light', theme: 'light', width: 320, cards: everyCard },
  { name: 'phone-dark', theme: 'dark', width: 320, cards: everyCard },
  { name: 'phone-german', theme: 'light', width: 320, cards: everyGermanCard },
];

await main();

async function main(): Promise<void> {
  if (!hasChromium) {
    console.error('The pictures need Chromium at /usr/bin/chromium. On Debian: apt-get install chromium');
    process.exitCode = 1;
    return;
  }
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const browser = await startChromium();
  try {
    for (const drawing of drawings) {
      const { page, faults } = await drawCards(browser, drawing.cards, drawing);
      for (const fault of faults) console.error(`${drawing.name}: ${fault}`);
      if (faults.length > 0) process.exitCode = 1;
      for (const name of everyCard.keys()) {
        await page.evaluate(`showOnly(${JSON.stringify(name)})`);
        const clip = await page.locator(`[id="${name}"]`).boundingBox();
        if (clip === null) throw new Error(`${name} was not drawn.`);
        await page.screenshot({
          path: fileURLToPath(new URL(`${name}.${drawing.name}.png`, out)),
          clip,
          fullPage: true,
        });
      }
      await page.close();
    }
  } finally {
    await browser.close();
  }
  await writeFile(new URL('index.html', out), index());
  console.log(`${everyCard.size * drawings.length} pictures: out/cards/index.html`);
}

function index(): string {
  const rows = [...everyCard.keys()].map((name) => {
    const pictures = drawings.map(
      (drawing) =>
        `<img src="${name}.${drawing.name}.png" alt="${name}, ${drawing.name}" width="${drawing.width}" loading="lazy">`,
    );
    return `<h2 id="${name}">${name}</h2><div>${pictures.join('')}</div>`;
  });
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Cards</title><style>
    body { font-family: sans-serif; margin: 24px; background: #e0e0e0; }
    div { display: flex; flex-wrap: wrap; gap: 12px; align-items: start; }
  </style><h1>Every card</h1>${rows.join('\n')}</html>\n`;
}
