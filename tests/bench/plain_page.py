"""A screen of the app as one static file: its DOM and its rules, and nothing that runs."""

import contextlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Page

_FREEZE = """
() => {
  const copy = document.documentElement.cloneNode(true);
  for (const gone of copy.querySelectorAll('script, link, style')) gone.remove();
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const style = document.createElement('style');
  style.textContent = rules.map((rule) => rule.cssText).join('\\n');
  copy.querySelector('head').append(style);
  return '<!doctype html>' + copy.outerHTML;
}
"""


@contextlib.contextmanager
def plain_pages(page: Page, path: str) -> Iterator[str]:
    """Serves what the page shows now, under the same path. The address without the path."""
    html = page.evaluate(_FREEZE).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = self.path == path
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(html) if found else 0))
            self.end_headers()
            if found:
                self.wfile.write(html)

        def log_message(self, format: str, *args: object) -> None:
            return None

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
