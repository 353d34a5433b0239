package io.onebalance;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The system's Chromium, where there is one; tests that need it are skipped where there is none.
final class Chromium implements AutoCloseable {
  private static final Path PLACE = Path.of("/usr/bin/chromium");

  /// Ten hours behind UTC, by which the console tells every time.
  private static final String FAR_FROM_UTC = "Pacific/Honolulu";

  private final Playwright playwright;
  private final Browser browser;

  private Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PLACE)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--no-first-run")));
  }

  static Chromium start() {
    if (!Files.isExecutable(PLACE)) {
      throw Needed.absent("there is no " + PLACE + "; install chromium");
    }
    return new Chromium();
  }

  /// How somebody looks: in which language, how bright, and on which device.
  record Eyes(String language, ColorScheme scheme, boolean phone) {
    String word() {
      return language
          + (scheme == ColorScheme.DARK ? "-dark" : "-light")
          + (phone ? "-phone" : "-desktop");
    }
  }

  BrowserContext context(String url, Eyes eyes) {
    return browser.newContext(
        new NewContextOptions()
            .setBaseURL(url)
            .setLocale(eyes.language())
            .setTimezoneId(FAR_FROM_UTC)
            .setColorScheme(eyes.scheme())
            .setReducedMotion(ReducedMotion.REDUCE)
            .setAcceptDownloads(true)
            .setViewportSize(eyes.phone() ? 390 : 1280, eyes.phone() ? 844 : 900));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
