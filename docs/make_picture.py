"""Take the picture of the seed's graph that README.md shows.

Takes a page that `kg draw` wrote and gives a PNG of it, by headless Chromium (Debian's packages
chromium, chromium-driver and fonts-dejavu-core):

    kg build seeds/ -o build && python docs/make_picture.py build/graph.html docs/seed-graph.png
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

_WINDOW = "1480,1000"
_FLAGS = (
    "headless",
    "no-sandbox",
    "disable-gpu",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
    "hide-scrollbars",
    "force-device-scale-factor=1.25",
    f"window-size={_WINDOW}",
)


def take_picture(page: Path, picture: Path) -> None:
    """Open a page, wait until it is drawn, and save what the window shows."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*_FLAGS, f"user-data-dir={profile}"):
            options.add_argument(f"--{flag}")
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        browser = webdriver.Chrome(options=options, service=service)
        try:
            browser.get(page.resolve().as_uri())
            ready = "return document.body.dataset.ready === 'yes'"
            WebDriverWait(browser, 20).until(lambda _: browser.execute_script(ready))
            browser.execute_script("document.activeElement.blur()")
            browser.save_screenshot(str(picture))
        finally:
            browser.quit()


if __name__ == "__main__":
    take_picture(Path(sys.argv[1]), Path(sys.argv[2]))
