# The image brings its own Node.js, so the packaged ones (optional dependencies) are left out of it.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
# With the optional ones: the console's compiler is one of them.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY src ./src
COPY scripts/server-bundle.mjs scripts/database-template.mjs ./scripts/
RUN node node_modules/@nestjs/cli/bin/nest.js build && node scripts/server-bundle.mjs && node scripts/database-template.mjs
COPY README.md ./
COPY openapi ./openapi
COPY console ./console
RUN node node_modules/vite/bin/vite.js build --config console/vite.config.ts --configLoader native

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --omit=optional --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 MALLOC_ARENA_MAX=2
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist/server ./dist/server
COPY --from=build /app/dist/console ./dist/console
COPY --from=build /app/dist/database ./dist/database
COPY package.json LICENSE ./
COPY assets ./assets
COPY openapi ./openapi
RUN mkdir data && chown node data
VOLUME /app/data
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/health/live').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--expose-gc", "--max-semi-space-size=16", "--external-memory-accounted-in-global-limit", "--heap-growing-percent=50", "dist/server/main.js"]
