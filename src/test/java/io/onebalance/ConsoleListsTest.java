package io.onebalance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.onebalance.Browsing.button;
import static io.onebalance.Browsing.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.onebalance.Chromium.Eyes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of keys in the browser: what takes a while shows how far it is.
class ConsoleListsTest {
  private static final int MANY = 2_100;
  private static final double LONG = 120_000;

  private static Chromium chromium;
  private static Running house;

  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void begin(@TempDir Path dir) {
    chromium = Chromium.start();
    house = Running.in(dir);
  }

  @AfterAll
  static void end() {
    if (house != null) {
      house.close();
      chromium.close();
    }
  }

  @AfterEach
  void nothing_was_complained_about() {
    assertThat(complaints).isEmpty();
  }

  @Test
  void a_long_list_is_blocked_and_deleted_before_ones_eyes() {
    house.keys("groq", keys(MANY).toArray(String[]::new));
    try (var context = context()) {
      var page = signedIn(context, complaints::add);
      page.navigate("/keys/groq");
      page.locator("input[data-all]").check();
      page.locator("input[name=all]").check();
      button(page, "Block").click();
      contains(page.locator("dialog[data-progress]"), "2,100 keys blocked.");
      button(page, "Close").click();
      contains(page.locator("main"), "none is free now");

      page.navigate("/keys/groq/delete-blocked");
      button(page, "Delete 2,100 keys").click();
      contains(page.locator("dialog[data-progress]"), "2,100 keys deleted.");
      button(page, "Close").click();
      contains(page.locator("main"), "No keys found");
      assertThat(house.get("/api/keys?provider=groq&limit=1").body()).contains("\"total\":0");
    }
  }

  @Test
  void a_large_file_is_added_in_portions() {
    try (var context = context()) {
      var page = signedIn(context, complaints::add);
      var sent = new ArrayList<String>();
      page.onRequest(request -> {
        if (request.url().contains("/api/keys/add/")) {
          sent.add(request.url());
        }
      });
      page.navigate("/keys/xai");
      var lines = new ArrayList<>(keys(12_000));
      lines.add(lines.getFirst());
      lines.add("not a key");
      page.locator("input[type=file]")
          .setInputFiles(
              new FilePayload(
                  "keys.txt",
                  "text/plain",
                  String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
      page.locator("input[name=remark]").first().fill("from a file");
      button(page, "Add keys").click();

      contains(
          page.locator("form[data-add] [data-state]"), "12,000 added, 1 already here, 1 not valid");
      assertThat(sent).hasSize(3);
      contains(page.locator("main"), "12,000 keys");
      assertThat(page.locator("tbody tr").first()).containsText("from a file");
    }
  }

  private static List<String> keys(int many) {
    return IntStream.range(0, many)
        .mapToObj("gsk_0123456789abcdef0123456789%06d"::formatted)
        .collect(Collectors.toList());
  }

  private static void contains(Locator where, String text) {
    assertThat(where).containsText(text, new ContainsTextOptions().setTimeout(LONG));
  }

  private static BrowserContext context() {
    return chromium.context(house.url(), new Eyes("en-GB", ColorScheme.LIGHT, false));
  }
}
