"""A real browser for pages that central serves: Debian's Chromium, headless, nothing downloaded."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.kit.patience import PATIENCE_S

_BROWSER = "/usr/bin/chromium"
_DRIVER = "/usr/bin/chromedriver"
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
)


class BrowserMissingError(Exception):
    """The packages are not installed; a test must fail then, not pass unseen."""


class Browser:
    """One browser window.

    Args:
        driver: Selenium's.
    """

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver

    def open(self, url: str) -> None:
        """Go to a page; returns when it has loaded."""
        self.driver.get(url)

    def find(self, css: str) -> WebElement:
        """The first element of a selector, as soon as it is there."""
        return self._wait().until(
            lambda driver: driver.find_element(By.CSS_SELECTOR, css), f"nothing at {css}"
        )

    def count(self, css: str) -> int:
        """How many elements a selector has now."""
        return len(self.driver.find_elements(By.CSS_SELECTOR, css))

    def text(self, css: str) -> str:
        """The visible text of the first element of a selector, empty where there is none."""
        return next(iter(self._texts(css)), "")

    def click(self, css: str) -> None:
        """Click an element as soon as it is there; a page may redraw itself while one aims."""

        def clicked(driver: Chrome) -> bool:
            driver.find_element(By.CSS_SELECTOR, css).click()
            return True

        patient = WebDriverWait(self.driver, PATIENCE_S, 0.02, [WebDriverException])
        patient.until(clicked, f"{css} cannot be clicked")

    def press(self, keys: str) -> None:
        """Type at whatever has the focus."""
        self.driver.switch_to.active_element.send_keys(keys)

    def until_says(self, css: str, text: str) -> None:
        """Wait until an element's visible text contains something."""
        self._wait().until(
            lambda _driver: any(text in one for one in self._texts(css)),
            f"{css} does not say {text!r}",
        )

    def until_silent(self, css: str, text: str) -> None:
        """Wait until no element's visible text contains something."""
        self._wait().until(
            lambda _driver: all(text not in one for one in self._texts(css)),
            f"{css} still says {text!r}",
        )

    def heap_bytes(self) -> int:
        """What the page's script objects take after a collection, for growth over time."""
        self.driver.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
        found = self.driver.execute_cdp_cmd("Runtime.getHeapUsage", {})
        return int(found["usedSize"])

    def complaints(self) -> list[str]:
        """What the page wrote to its console as errors since last asked."""
        found = self.driver.get_log("browser")  # type: ignore[no-untyped-call]  # Selenium's own
        return [one["message"] for one in found if _is_bad(one)]

    def leave(self) -> None:
        """Go from the last page, which may look for a server that is gone, and forget its words."""
        self.open("about:blank")
        self.complaints()

    def picture(self, path: Path) -> None:
        """Keep what is seen, as PNG."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.driver.save_screenshot(str(path))

    def _wait(self) -> "WebDriverWait[Chrome]":
        return WebDriverWait(self.driver, PATIENCE_S, poll_frequency=0.02)

    def _texts(self, css: str) -> list[str]:
        """Read in one step, so that a page that redraws itself in between does no harm."""
        script = "return [...document.querySelectorAll(arguments[0])].map(e => e.innerText)"
        return list(self.driver.execute_script(script, css))


@contextlib.contextmanager
def browser(width: int = 1280, height: int = 800, language: str = "zh-CN") -> Iterator[Browser]:
    """A browser with a fresh profile for the time of a block.

    Args:
        width: of the page in CSS pixels.
        height: of the page in CSS pixels.
        language: that the browser asks pages for.

    Raises:
        BrowserMissingError: Debian's packages are not installed.
    """
    for program in (_BROWSER, _DRIVER):
        if not Path(program).exists():
            raise BrowserMissingError(f"no {program}; mend: apt-get install chromium-driver")
    profile = tempfile.mkdtemp(prefix="hall-browser-")
    options = ChromeOptions()
    options.binary_location = _BROWSER
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    for flag in (*_FLAGS, f"--user-data-dir={profile}", f"--window-size={width},{height}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"intl.accept_languages": language})
    # Selenium asks a proxy of the environment even for its own driver on loopback.
    service = Service(_DRIVER, env={**os.environ, "NO_PROXY": "127.0.0.1,localhost"})
    driver = Chrome(options=options, service=service)
    try:
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        yield Browser(driver)
    finally:
        driver.quit()
        shutil.rmtree(profile, ignore_errors=True)


def _is_bad(entry: dict[str, str]) -> bool:
    return entry["level"] == "SEVERE" and "favicon" not in entry["message"]
