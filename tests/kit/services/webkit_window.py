#!/usr/bin/python3
"""A WebKitGTK window for WebDriver whose website data lie below $XUNFANG_WEBKIT_PROFILE.

Run by the system's own Python, which alone has GTK. WebKit's MiniBrowser would do, but it forgets
everything at the end as soon as it is automated, and then nothing of a kill can be shown.
"""

import os
from pathlib import Path

import gi  # pyright: ignore[reportMissingImports]

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # pyright: ignore[reportMissingImports]  # noqa: E402

PHONE = (390, 844)


def main() -> None:
    context = _context(Path(os.environ["XUNFANG_WEBKIT_PROFILE"]))
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    view.get_settings().set_enable_write_console_messages_to_stdout(True)
    # As Safari does on a phone: a page that was killed is loaded again.
    view.connect("web-process-terminated", lambda view, _reason: view.reload())
    context.connect("automation-started", lambda _context, session: _automate(session, view))
    window = Gtk.Window()
    window.set_default_size(*PHONE)
    window.add(view)
    window.show_all()
    Gtk.main()


def _context(profile: Path) -> WebKit2.WebContext:
    data = WebKit2.WebsiteDataManager(
        base_data_directory=str(profile / "data"), base_cache_directory=str(profile / "cache")
    )
    context = WebKit2.WebContext(website_data_manager=data)
    context.get_cookie_manager().set_persistent_storage(
        str(profile / "cookies.sqlite"), WebKit2.CookiePersistentStorage.SQLITE
    )
    context.set_preferred_languages(["zh-CN"])
    context.set_automation_allowed(True)
    return context


def _automate(session: WebKit2.AutomationSession, view: WebKit2.WebView) -> None:
    info = WebKit2.ApplicationInfo()
    info.set_name("MiniBrowser")  # the name that Selenium asks for
    session.set_application_info(info)
    session.connect("create-web-view", lambda _session: view)


if __name__ == "__main__":
    main()
