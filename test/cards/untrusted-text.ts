import fc from 'fast-check';

const tricks = [
  ...['**', '*', '__', '_', '`', '```', '~~', '# ', '> ', '- ', '+ ', '1. ', '2) ', '---', '===', '|', '\\', '\\\\'],
  ...[
    '[a](http://b)',
    '![a](b)',
    '[a]: b',
    '<http://a>',
    '<a@b.c>',
    '<b>',
    '</at>',
    '<at>everyone</at>',
    '<!--',
    '<script>',
  ],
  ...[
    '&lt;',
    '&#42;',
    '&amp',
    '{{DATE(2026-03-02T03:12:00Z, SHORT)}}',
    '{{',
    '}}',
    '${',
    '\n',
    '\r\n',
    '\t',
    '    ',
    ' ',
  ],
  ...[
    '\u202e',
    '\u200b',
    '\u2066',
    '\u0000',
    '\u2028',
    '\ud800',
    '\u{e0041}',
    'http://a.b',
    'a',
    'Z',
    '7',
    '.',
    ')',
    '(',
  ],
];

/** Text as an attacker would write it, mixed with text as anybody does. */
export const untrustedText: fc.Arbitrary<string> = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...tricks) }, fc.string({ unit: 'binary', maxLength: 6 })), {
    maxLength: 12,
  })
  .map((parts) => parts.join(''));
