# One image for serve, worker, migrate and everything else that `xunfang` does. It runs as nobody in
# particular, writes to /data and /tmp alone, and needs neither a shell nor a package manager.

FROM node:22-bookworm-slim AS phone
WORKDIR /build/pwa
COPY pwa/package.json pwa/package-lock.json pwa/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY pwa ./
RUN npm run build

FROM python:3.11-slim-bookworm AS packages
WORKDIR /build
RUN python -m venv /srv/venv
COPY requirements.lock ./
RUN /srv/venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock

FROM python:3.11-slim-bookworm
RUN groupadd --gid 10001 xunfang \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin xunfang \
 && install --directory --owner 10001 --group 10001 --mode 0700 /data
WORKDIR /srv/xunfang
COPY --from=packages /srv/venv /srv/venv
COPY backend ./backend
COPY media ./media
COPY migrations ./migrations
COPY --from=phone /build/pwa/dist ./pwa/dist
# Compiled here: afterwards nothing can be written beside the sources.
RUN /srv/venv/bin/python -m compileall -q backend media migrations
# Libraries look for a place for their caches, and give up without one.
ENV PATH=/srv/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    XUNFANG_DATA_DIR=/data
USER 10001:10001
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["python", "-m", "backend"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
