# The production image: Node, the built server and the tab's page, and for an operator's commands (doctor, audit, move)
# the production dependencies and the sources, which Node runs as they are.
# Keep NODE_VERSION equal to the npm package `node` in package.json: that is what the tests run on.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

# What is built: the server as one program, and what a browser loads of the tab. As the user who will run it: Node
# reads what it has compiled only from a cache of the same user.
FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
RUN chown node:node /app
USER node
COPY --chown=node:node package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY infra/build.ts infra/server-bundle.ts infra/tab-bundle.ts infra/
COPY bot bot
COPY cards cards
COPY src src
RUN node infra/build.ts

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY package.json ./
COPY bot bot
COPY cards cards
COPY src src
# Nothing below /app is ever written: run it with a read-only root file system. Without DATABASE_URL=postgres://…
# the embedded store is made in ./data, which then has to be a volume that the user `node` may write to.
USER node
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT ?? 3978}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
