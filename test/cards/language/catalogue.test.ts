import assert from 'node:assert/strict';
import { z } from 'zod';
import { messageText } from '../../../cards/chat-message.ts';
import { catalogueOf } from '../../../cards/language/catalogue.ts';
import { type Piece, type Words, words } from '../../../cards/words.ts';
import { type Language, languages } from '../../../src/domain/language.ts';

/** What reads the same in English, and why. */
const alike: Readonly<Record<Exclude<Language, 'en'>, Readonly<Record<string, string>>>> = {
  de: {
    'buttons.status': 'the same word',
    'dates.count': 'a number; the dot or comma shows with a number only',
    'dates.day': 'a unit',
    'dates.hour': 'a unit',
    'dates.minute': 'a unit',
    'dates.second': 'a unit',
    'examples.help': 'a command',
    'examples.history': 'a command',
    'examples.status': 'a command',
    'own.choice': 'only what is filled in, and signs between',
    'own.earlierOne': 'only what is filled in, and signs between',
    'own.facts.build': 'the same word',
    'own.facts.tags': 'the same word',
    'tabPage.stage': 'the same word',
  },
};

/** Words of English that no German sentence has; names of Microsoft's have ‘for’, which is not among them. */
const leftEnglish = /\b(the|you|your|is|are|were|of|to|with|this|that|not|nothing|nobody|and|it|its|can|by)\b/i;

const callable = z.custom<(...fillings: readonly string[]) => unknown>((value) => typeof value === 'function');
const sentence = z.custom<Words>((value) => z.object({ pieces: z.array(z.unknown()) }).safeParse(value).success);
const piece = z.custom<Piece>((value) => z.object({ kind: z.string() }).safeParse(value).success);
const group = z.record(z.string(), z.unknown());

/** Stands for whatever is filled in. */
const fillings = ['fillingA', 'fillingB', 'fillingC', 'fillingD', 'fillingE'];

/** Every entry as it reads, by its path; a sentence with fillings has the names of them in their places. */
function entriesOf(value: unknown, path: string): readonly (readonly [path: string, reads: string])[] {
  if (typeof value === 'string') return [[path, value]];
  const call = callable.safeParse(value);
  if (call.success) return entriesOf(call.data(...fillings), path);
  const said = sentence.safeParse(value);
  if (said.success) return [[path, messageText(said.data)]];
  const part = piece.safeParse(value);
  if (part.success) return [[path, messageText(words`${part.data}`)]];
  return Object.entries(group.parse(value)).flatMap(([key, each]) =>
    entriesOf(each, `${path}.${key}`.replace(/^\./, '')),
  );
}

const readIn = (language: Language) => new Map(entriesOf(catalogueOf(language), ''));
const used = (reads: string | undefined) => fillings.filter((each) => reads?.includes(each));

const english = readIn('en');
const others = (['de'] as const).map((language) => ({ reads: readIn(language), same: alike[language], language }));

describe('the catalogue', () => {
  it('is checked here in every language that the bot speaks', () => {
    assert.deepEqual(['en', ...others.map(({ language }) => language)], [...languages]);
  });

  it('says everything in another language’s own words, but for what is listed with a reason', () => {
    for (const { reads, same } of others) {
      const alikeNow = [...english].filter(([path, said]) => reads.get(path) === said).map(([path]) => path);
      assert.deepEqual(alikeNow.toSorted(), Object.keys(same).toSorted());
    }
  });

  it('leaves out nothing in another language that is filled into the English sentence', () => {
    assert.ok([...english.values()].filter((said) => used(said).length > 0).length > 50);
    for (const { reads } of others) {
      for (const [path, said] of english) {
        const there = used(reads.get(path));
        const lost = used(said).filter((each) => !there.includes(each));
        assert.deepEqual(lost, [], path);
      }
    }
  });

  it('has no English left in another language', () => {
    for (const { reads, same } of others) {
      const left = [...reads].filter(([path, said]) => !Object.hasOwn(same, path) && leftEnglish.test(said));
      assert.deepEqual(left, []);
    }
  });

  it('would notice a sentence that was left in English', () => {
    const sentences = [...english.values()].filter((said) => leftEnglish.test(said));
    assert.ok(sentences.length > english.size / 3);
  });
});
