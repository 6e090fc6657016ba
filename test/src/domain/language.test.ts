import assert from 'node:assert/strict';
import { languageOf, languages } from '../../../src/domain/language.ts';

describe('The language of a locale', () => {
  it('is German for every country that speaks it, however it is written', () => {
    for (const locale of ['de', 'de-DE', 'de-AT', 'de_CH', 'DE-de', ' de-LI ']) assert.equal(languageOf(locale), 'de');
  });

  it('is English where the bot does not speak the language, and where there is none', () => {
    for (const locale of ['fr-FR', 'den', 'x-de', '', '-', undefined]) assert.equal(languageOf(locale), 'en');
  });

  it('is found for every language that the bot speaks', () => {
    for (const language of languages) assert.equal(languageOf(`${language}-XX`), language);
  });
});
