# syntax=docker/dockerfile:1
# Two stages: all packages to build the site, and what serving needs. The network is used by npm alone.
# The version is that of .node-version; `npm test` holds the two together.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /site
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build
# The image brings its own Node: the one that comes as a package is not needed a second time.
RUN npm ci --omit=dev && rm -rf node_modules/node-linux-* node_modules/.cache

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production DATA_FOLDER=/data NODE_COMPILE_CACHE=/tmp/compiled
WORKDIR /site
# The threads beside the requests and the migrations run from the source (app, db); the pages from the build.
COPY --from=build /site/package.json /site/package-lock.json ./
COPY --from=build /site/node_modules ./node_modules
COPY --from=build /site/app ./app
COPY --from=build /site/db ./db
COPY --from=build /site/build ./build
RUN mkdir /data && chown node:node /data
# Everything above belongs to root. The site writes to /data and /tmp alone, so the root may be read-only.
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "app/http/commands/serve.mjs"]
