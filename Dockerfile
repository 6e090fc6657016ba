# The production image: Node, the production dependencies, the sources that Node runs as they are, and the tab's page.
# Keep NODE_VERSION equal to the npm package `node` in package.json: that is what the tests run on.
ARG NODE_VERSION=24.21.0

FROM node:${NODE_VERSION}-bookworm-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts

# The one thing that is built: what a browser loads of the tab.
FROM node:${NODE_VERSION}-bookworm-slim AS tab
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY infra/build-tab.ts infra/build-tab.ts
COPY infra/tab-bundle.ts infra/tab-bundle.ts
COPY bot bot
COPY cards cards
COPY src src
RUN node infra/build-tab.ts

FROM node:${NODE_VERSION}-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=tab /app/dist dist
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
CMD ["node", "bot/main.ts"]
