/** The languages that the bot speaks. */
export const languages = ['en', 'de'] as const;
/** One of `languages`. */
export type Language = (typeof languages)[number];

/**
 * The language of a locale as Teams sends it with an activity, and as browsers write it: `de-AT`, `de_DE` and `DE` are
 * German. Whatever else it is, or where there is none, the bot speaks English.
 */
export function languageOf(locale: string | undefined): Language {
  const spoken = locale?.trim().toLowerCase().split(/[-_]/)[0];
  return languages.find((each) => each === spoken) ?? 'en';
}
