/** The Markdown of cards and messages: of CommonMark what Teams shows of it in one line. No pictures, no lists; HTML is text. */
import { micromark } from 'micromark';

const oneLineOnly = {
  disable: {
    null: [
      ...['autolink', 'htmlFlow', 'htmlText', 'labelStartImage'],
      ...['blockQuote', 'codeFenced', 'codeIndented', 'definition', 'headingAtx', 'list', 'setextUnderline'],
      'thematicBreak',
    ],
  },
};

/** As HTML: a paragraph, in which addresses are web addresses only. */
export function lineHtml(text: string): string {
  return micromark(text, { extensions: [oneLineOnly] });
}
