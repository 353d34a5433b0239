package io.onebalance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.options.WaitUntilState;
import io.onebalance.Chromium.Eyes;
import io.onebalance.console.pages.words.Taste.Language;
import io.onebalance.console.pages.words.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Somebody with certain eyes walks through the console. What is on a button is read from the
/// messages of the language, so every language is walked alike. Whatever is looked at is
/// photographed, must not scroll sideways, holds no markup of others, and is no trouble to those
/// who hear it: axe finds nothing serious.
final class Walk implements AutoCloseable {
  static final String HOSTILE = "<img src=x onerror=alert(1)>'\"&`🔑 \u202eשלום";
  private static final String AXE = axe();

  private static final String SERIOUS =
      """
      async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
        .filter((one) => ["serious", "critical"].includes(one.impact))
        .map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html + " " + (node.failureSummary ?? "")).slice(0, 3).join(" | ")}`)\
      """;

  final Running house;
  final Page page;
  final Words words;
  private final Eyes eyes;
  private final Path shots;
  private final BrowserContext context;
  private final List<String> complaints = new ArrayList<>();

  Walk(Chromium chromium, Running house, Eyes eyes, Path shots) {
    this.house = house;
    this.eyes = eyes;
    this.shots = shots;
    this.words = Words.in(eyes.language().startsWith("zh") ? Language.CHINESE : Language.ENGLISH);
    this.context = chromium.context(house.url(), eyes);
    context.grantPermissions(List.of("clipboard-read", "clipboard-write"));
    this.page = Browsing.page(context, complaints::add);
  }

  /// Signs in at the door.
  Walk signedIn() {
    page.navigate("/login");
    Browsing.signIn(page);
    return this;
  }

  BrowserContext context() {
    return context;
  }

  boolean onPhone() {
    return eyes.phone();
  }

  void open(String path) {
    page.navigate(path, new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
  }

  /// The message of this name.
  String says(String name, Object... values) {
    return words.of(name, values);
  }

  String keys(long many) {
    return words.count("keys", many);
  }

  Locator button(String name, Object... values) {
    return Browsing.button(page, says(name, values));
  }

  void press(String name, Object... values) {
    button(name, values).first().click();
  }

  Locator at(String selector) {
    return page.locator(selector);
  }

  /// Waits until this stands in there.
  void reads(String selector, String text) {
    assertThat(page.locator(selector).first()).containsText(text);
  }

  void toast(String name, Object... values) {
    reads("[data-toast]", says(name, values));
  }

  void look(String name) {
    page.screenshot(
        new ScreenshotOptions()
            .setPath(shots.resolve(name + "-" + eyes.word() + ".png"))
            .setFullPage(true));
    var wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
    assertThat(((Number) wide).intValue()).as(name + " scrolls sideways").isLessThanOrEqualTo(0);
    assertThat(page.locator("[onerror], [src=x], script:not([src])")).hasCount(0);
    if (eyes.phone()) {
      assertThat(wideTables()).as(name + ": tables that scroll sideways").isEmpty();
    }
    assertThat(serious()).as(name + " " + eyes.word()).isEmpty();
  }

  /// On phones nothing is to be found by pushing a table aside.
  private List<?> wideTables() {
    return (List<?>)
        page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth >"
                + " one.clientWidth + 1).map((one) => one.getAttribute('aria-label'))");
  }

  /// What axe finds that is serious or critical.
  private List<?> serious() {
    page.evaluate(AXE);
    return (List<?>) page.evaluate(SERIOUS);
  }

  private static String axe() {
    try (var in =
        Walk.class.getResourceAsStream("/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /// What the browser complained of, but for these: it notes each refusal.
  List<String> complaints(String... expected) {
    return complaints.stream()
        .filter(said -> List.of(expected).stream().noneMatch(said::contains))
        .toList();
  }

  @Override
  public void close() {
    context.close();
  }
}
