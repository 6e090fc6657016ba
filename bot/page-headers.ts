/** The headers of every answer: what a page of the bot may load, and who may show it in a frame. */
import type { RequestHandler } from 'express';
import helmet from 'helmet';

const commercial = 'https://teams.microsoft.com';

/**
 * Strict: nothing but the bot's own files, no inline script or style, no form, no base. Only Teams may frame a page; its
 * hosts are those of Microsoft's page 'Prerequisites' for tabs.
 * @param teams the Teams client of the cloud
 */
export function pageHeaders(teams: string): RequestHandler {
  const frames = teams === commercial ? [teams, 'https://*.teams.microsoft.com', 'https://*.cloud.microsoft'] : [teams];
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: frames,
      },
    },
    // It knows no list of hosts; a browser that reads `frame-ancestors` leaves it alone.
    xFrameOptions: false,
    // Teams' page is of another origin, and shows ours.
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    crossOriginOpenerPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
