/** How Teams draws cards: sizes and colours close to those of its client, for both themes. */

/** The themes that the gallery shows. */
export type Theme = 'light' | 'dark';

/** A colour scheme: page, card, letters, tints. */
interface Scheme {
  readonly page: string;
  readonly card: string;
  readonly letters: string;
  readonly subtle: string;
  readonly link: string;
  readonly emphasis: string;
  readonly good: string;
  readonly warning: string;
  readonly attention: string;
  readonly accent: string;
}

/** The colours of each theme. */
export const schemes: Readonly<Record<Theme, Scheme>> = {
  light: {
    page: '#f5f5f5',
    card: '#ffffff',
    letters: '#242424',
    subtle: '#616161',
    link: '#5b5fc7',
    emphasis: '#f3f2f1',
    good: '#e7f2da',
    warning: '#fbf6d9',
    attention: '#fcf4f6',
    accent: '#e8ebfa',
  },
  dark: {
    page: '#1f1f1f',
    card: '#292929',
    letters: '#ffffff',
    subtle: '#adadad',
    link: '#7f85f5',
    emphasis: '#3b3a39',
    good: '#1b341b',
    warning: '#463100',
    attention: '#3b1a1f',
    accent: '#2f2f4a',
  },
};

/** The renderer's configuration for a theme. */
export function hostConfig(theme: Theme): object {
  const scheme = schemes[theme];
  const letters = { default: scheme.letters, subtle: scheme.subtle };
  const foregroundColors = { default: letters, accent: { default: scheme.link, subtle: scheme.link } };
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors });
  return {
    fontTypes: {
      default: fontType('"Segoe UI", "Noto Sans", sans-serif'),
      monospace: fontType('Consolas, "Liberation Mono", monospace'),
    },
    lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: scheme.subtle },
    supportsInteractivity: true,
    actions: {
      maxActions: 6,
      spacing: 'default',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
    },
    containerStyles: {
      default: style(scheme.card),
      emphasis: style(scheme.emphasis),
      good: style(scheme.good),
      warning: style(scheme.warning),
      attention: style(scheme.attention),
      accent: style(scheme.accent),
    },
    factSet: {
      title: { weight: 'bolder', wrap: true, maxWidth: 120 },
      value: { wrap: true },
      spacing: 12,
    },
    inputs: { label: { requiredInputs: { suffix: ' *', suffixColor: 'default' } }, errorMessage: { color: 'default' } },
  };
}

function fontType(fontFamily: string): object {
  return {
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
  };
}
