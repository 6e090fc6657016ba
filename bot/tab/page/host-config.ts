/** How cards look in the tab. Colours are the page's own variables, so a change of the theme needs no new drawing. */

const letters = { default: 'var(--letters)', subtle: 'var(--subtle)' };
const link = { default: 'var(--link)', subtle: 'var(--link)' };

function style(background: string) {
  const foregroundColors = { default: letters, accent: link, dark: letters, light: letters };
  return { backgroundColor: background, foregroundColors };
}

function fontType(fontFamily: string) {
  return {
    fontFamily,
    fontSizes: { small: 12, default: 14, medium: 16, large: 18, extraLarge: 24 },
    fontWeights: { lighter: 300, default: 400, bolder: 600 },
  };
}

/** For `new HostConfig(…)` of adaptivecards. */
export const hostConfig = {
  fontTypes: { default: fontType('var(--font)'), monospace: fontType('Consolas, monospace') },
  lineHeights: { small: 16, default: 20, medium: 22, large: 24, extraLarge: 32 },
  spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
  separator: { lineThickness: 1, lineColor: 'var(--subtle)' },
  supportsInteractivity: true,
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
  },
  containerStyles: {
    default: style('var(--card)'),
    emphasis: style('var(--emphasis)'),
    good: style('var(--good)'),
    warning: style('var(--warning)'),
    attention: style('var(--attention)'),
    accent: style('var(--accent)'),
  },
  factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 120 }, value: { wrap: true }, spacing: 12 },
  inputs: { label: { requiredInputs: { suffix: ' *', suffixColor: 'default' } }, errorMessage: { color: 'default' } },
  textBlock: { headingLevel: 2 },
} as const;
