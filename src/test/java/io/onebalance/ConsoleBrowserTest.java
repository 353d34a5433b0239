package io.onebalance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import io.onebalance.Chromium.Eyes;
import io.onebalance.WalkOfPages.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The console as a person with a browser meets it: every page and every action. Pages are seen in
/// each language, brightness and size twice, in every two of them together once; what is done is
/// done in each of them once. `./dev walk` does everything in all eight. Screenshots go to
/// `target/screenshots`.
class ConsoleBrowserTest {
  private static final Path SHOTS = Path.of("target/screenshots");

  private static final List<Eyes> EYES =
      List.of(
          new Eyes("en-GB", ColorScheme.LIGHT, false),
          new Eyes("en-GB", ColorScheme.DARK, true),
          new Eyes("zh-CN", ColorScheme.LIGHT, true),
          new Eyes("zh-CN", ColorScheme.DARK, false));

  private static final List<Eyes> HANDS =
      List.of(EYES.getFirst(), new Eyes("zh-CN", ColorScheme.DARK, true));

  /// What the browser notes although all is well: an address is refused.
  private static final String[] REFUSED = {"/keys/nobody", "/login", "/v1/chat/completions"};

  private static Chromium chromium;
  private static Running house;
  private static Places places;

  @BeforeAll
  static void begin(@TempDir Path dir) throws IOException {
    chromium = Chromium.start();
    house = Running.in(dir);
    Files.createDirectories(SHOTS);
    for (var eyes : EYES) {
      walk(eyes, WalkOfHouse::welcome);
    }
    places = WalkOfPages.fill(house);
  }

  @AfterAll
  static void end() {
    if (house != null) {
      house.close();
      chromium.close();
    }
  }

  static Stream<Eyes> eyes() {
    return EYES.stream();
  }

  static Stream<Eyes> hands() {
    return HANDS.stream();
  }

  private interface Way {
    void walk(Walk walk);
  }

  private static void walk(Eyes eyes, Way way) {
    try (var walk = new Walk(chromium, house, eyes, SHOTS)) {
      way.walk(walk.signedIn());
      assertThat(walk.complaints(REFUSED)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("eyes")
  @DisplayName("S21 every page, both languages, light and dark, desktop and phone: no complaint")
  void every_page_is_whole(Eyes eyes) {
    walk(eyes, walk -> WalkOfPages.walk(walk, places));
  }

  @ParameterizedTest
  @MethodSource("hands")
  @DisplayName("S22 everything that can be done with keys: no complaint")
  void whatever_is_done_with_keys(Eyes eyes) {
    walk(eyes, walk -> new WalkOfKeys(walk).walk());
  }

  @ParameterizedTest
  @MethodSource("hands")
  @DisplayName("S15 everything else that can be done, likewise")
  void whatever_else_is_done(Eyes eyes) {
    walk(eyes, walk -> new WalkOfHouse(walk).walk(places));
  }

  /// What was summed up by days of UTC is not a day's sum anywhere else.
  @Test
  void charts_tell_days_and_hours_of_utc_wherever_they_are_seen() {
    walk(
        EYES.getFirst(),
        walk -> {
          walk.open("/?range=30d");
          walk.reads("#charts h3", "(UTC)");
          assertThat(walk.page.evaluate(labels("`${at.getUTCMonth() + 1}/${at.getUTCDate()}`")))
              .isEqualTo("");
          walk.open("/?range=24h");
          assertThat(
                  walk.page.evaluate(labels("`${String(at.getUTCHours()).padStart(2, '0')}:00`")))
              .isEqualTo("");
        });
  }

  /// Those of the first chart's labels that are not as they should be.
  private static String labels(String expected) {
    return """
    () => {
      const canvas = document.querySelector("canvas[data-chart]");
      const times = JSON.parse(canvas.dataset.chart).times.map((at) => new Date(at * 1000));
      const labels = Chart.getChart(canvas).data.labels;
      return labels.filter((label, place) => label !== (at => EXPECTED)(times[place])).join(", ");
    }\
    """
        .replace("EXPECTED", expected);
  }

  @Test
  void what_happens_to_keys_is_seen_without_reloading() {
    house.keys("cerebras", "csk-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaLIVE");
    walk(
        EYES.getFirst(),
        walk -> {
          walk.open("/");
          house.post(
              "/api/keys/bulk",
              "{\"action\":\"block\",\"ids\":[\"%s\"],\"reason\":\"seen live\"}"
                  .formatted(WalkOfPages.first(house, "cerebras")));
          assertThat(walk.at("#events"))
              .containsText("seen live", new ContainsTextOptions().setTimeout(60_000));
        });
  }
}
