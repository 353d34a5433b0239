package io.onebalance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.onebalance.Browsing.button;
import static io.onebalance.Browsing.signIn;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.WaitUntilState;
import io.onebalance.Chromium.Eyes;
import io.onebalance.sandbox.Fault;
import io.onebalance.sandbox.answer.Complaint.Plain;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The console as a person with a browser meets it. Screenshots go to `target/screenshots`.
class ConsoleBrowserTest {
  private static final Path SHOTS = Path.of("target/screenshots");
  private static final String LIMITED = "AIzaLimited0123456789012345678901234AAAA";
  private static final String DEAD = "sk-dead-0123456789012345678901234567DEAD";
  private static final String HOSTILE = "<img src=x onerror=alert(1)>'\"&`🔑 \u202eשלום";

  private static final String HOSTILE_QUERY = "%22%3E%3Cimg%20src=x%20onerror=alert(1)%3E";

  private static Chromium chromium;
  private static Running house;
  private static String keyPage = "";
  private static String request = "";

  private final List<String> complaints = new ArrayList<>();

  @BeforeAll
  static void begin(@TempDir Path dir) throws IOException {
    chromium = Chromium.start();
    house = Running.in(dir);
    Files.createDirectories(SHOTS);
    fill();
  }

  @AfterAll
  static void end() {
    if (house != null) {
      house.close();
      chromium.close();
    }
  }

  private static void fill() {
    house.script.key(LIMITED, Fault.refuses(Plain.NO_QUOTA_FOR_MODEL));
    house.script.key(DEAD, Fault.dead());
    house.keys("google-ai-studio", LIMITED, "AIzaGood00000000000000000000000000000BBBB");
    house.keys("openai", DEAD, "sk-good-0123456789012345678901234567GOOD");
    house.keys(
        "groq",
        IntStream.range(0, 120)
            .mapToObj("gsk_0123456789abcdef0123456789%04d"::formatted)
            .toArray(String[]::new));
    for (var model :
        List.of(
            "google-ai-studio/gemini-2.5-flash",
            "openai/gpt-4o-mini",
            "groq/llama-3.3-70b-versatile",
            "google-ai-studio/gemini-2.5-flash",
            "openai/gpt-4o",
            "nobody/nothing",
            "sandbox/echo",
            "groq/" + HOSTILE.replace("\"", "").replace("'", ""))) {
      house.post(
          "/v1/chat/completions",
          "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
              .formatted(model));
    }
    var id = house.get("/api/keys?provider=google-ai-studio&sort=created&limit=1").body();
    keyPage = "/keys/google-ai-studio/" + find(id, "\"id\":\"([^\"]+)\"");
    house.send(
        house
            .to(keyPage.replace("/keys/google-ai-studio", "/api/keys"))
            .header("content-type", "application/json")
            .method("PATCH", BodyPublishers.ofString(remark())));
    house.keys("openrouter", "sk-or-'\"><img/src=x/onerror=alert(1)>&amp;`");
    house.post(
        "/api/gateway-keys",
        "{\"name\":\"%s\",\"groups\":\"openai\"}".formatted(HOSTILE.replace("\"", "\\\"")));
    request = "/requests/" + find(logged(), "\"request_id\":\"([^\"]+)\"");
  }

  private static String remark() {
    var words = HOSTILE.replace("\"", "\\\"");
    return "{\"remark\":\"%s\",\"account\":\"%s\"}".formatted(words, words);
  }

  /// The log is written behind; the history's own reading waits for nobody, so this looks again.
  private static String logged() {
    var body = "";
    while (!body.contains("gemini-2.5-flash")) {
      body = house.get("/api/requests?provider=google-ai-studio").body();
      Thread.onSpinWait();
    }
    return body;
  }

  private static String find(String text, String pattern) {
    var found = Pattern.compile(pattern).matcher(text);
    assertThat(found.find()).as(text).isTrue();
    return found.group(1);
  }

  @AfterEach
  void nothing_was_complained_about() {
    assertThat(complaints).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en-GB, LIGHT, false",
    "en-GB, DARK, false",
    "en-GB, LIGHT, true",
    "en-GB, DARK, true",
    "zh-CN, LIGHT, false",
    "zh-CN, DARK, false",
    "zh-CN, LIGHT, true",
    "zh-CN, DARK, true"
  })
  @DisplayName("S21 every page, both languages, light and dark, desktop and phone: no complaint")
  void every_page_is_whole_in_all_eyes(String language, ColorScheme scheme, boolean phone) {
    walk(new Eyes(language, scheme, phone));
  }

  private void walk(Eyes eyes) {
    try (var context = chromium.context(house.url(), eyes)) {
      var page = page(context);
      page.navigate("/login");
      look(page, eyes, "login");
      signIn(page);
      for (var one : pages()) {
        page.navigate(one.path(), new Page.NavigateOptions().setWaitUntil(WaitUntilState.LOAD));
        look(page, eyes, one.name());
        var wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth");
        assertThat(((Number) wide).intValue()).as(one + " scrolls sideways").isLessThanOrEqualTo(0);
        assertThat(page.locator("[onerror], [src=x], script:not([src])")).hasCount(0);
      }
    }
  }

  private record Shown(String name, String path) {}

  private static List<Shown> pages() {
    return List.of(
        new Shown("overview", "/?range=1h"),
        new Shown("overview-models", "/?range=24h&by=model"),
        new Shown("providers", "/providers"),
        new Shown("keys", "/keys/groq"),
        new Shown("keys-cooling", "/keys/google-ai-studio?status=cooling"),
        new Shown("keys-blocked", "/keys/openai?status=blocked"),
        new Shown("keys-none", "/keys/mistral"),
        new Shown("keys-hostile", "/keys/openrouter?q=" + HOSTILE_QUERY),
        new Shown("key", keyPage),
        new Shown("key-delete", keyPage + "/delete"),
        new Shown("find", "/find"),
        new Shown("requests", "/requests"),
        new Shown("requests-between", "/requests?from=2020-01-01T00:00&to=2020-01-02T00:00"),
        new Shown("request", request),
        new Shown("gateway-keys", "/gateway-keys"),
        new Shown("playground", "/playground"),
        new Shown("settings", "/settings"),
        new Shown("audit", "/audit"),
        new Shown("trouble", "/keys/nobody"));
  }

  private void look(Page page, Eyes eyes, String name) {
    page.screenshot(
        new ScreenshotOptions()
            .setPath(SHOTS.resolve(name + "-" + eyes.word() + ".png"))
            .setFullPage(true));
    if (eyes.language().startsWith("en")) {
      assertThat(serious(page)).as(name + " " + eyes.word()).isEmpty();
    }
  }

  /// What axe finds that is serious or critical.
  private static List<?> serious(Page page) {
    page.evaluate(AXE);
    return (List<?>)
        page.evaluate(
            """
            async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
              .filter((one) => ["serious", "critical"].includes(one.impact))
              .map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.html + " " + (node.failureSummary ?? "")).slice(0, 3).join(" | ")}`)\
            """);
  }

  private static final String AXE = axe();

  private static String axe() {
    try (var in =
        ConsoleBrowserTest.class.getResourceAsStream(
            "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Test
  void keys_are_previewed_added_changed_deleted_and_brought_back() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/keys/xai");
      page.locator("textarea[name=keys]")
          .fill("xai-aaaaaaaaaaaaaaaaaaaaaaaaONE1\nnot a key\nxai-aaaaaaaaaaaaaaaaaaaaaaaaTWO2\n");
      button(page, "Preview").click();
      assertThat(page.locator("main")).containsText("2 keys");
      assertThat(page.locator("main")).containsText("Line 2:");
      look(page, eyes(), "add-preview");
      button(page, "Add 2 keys").click();
      assertThat(page.locator("[data-toast]")).containsText("2 keys added.");

      page.locator("input[data-all]").check();
      assertThat(page.locator("[data-count]")).hasText("2 selected");
      button(page, "Block").click();
      assertThat(page.locator("[data-toast]")).containsText("2 keys blocked.");
      page.navigate("/keys/grok?status=blocked");
      page.locator("input[name=key_id]").first().check();
      button(page, "Delete").click();
      assertThat(page.locator("[data-toast]")).containsText("1 key deleted.");
      look(page, eyes(), "toast");
      page.locator("[data-toast]").getByText("Undo").click();
      assertThat(page.locator("[data-toast]")).containsText("1 key back again");
      page.navigate("/keys/grok");
      assertThat(page.locator("tbody tr")).hasCount(1);
    }
  }

  @Test
  void long_lists_go_on_by_themselves_and_all_that_match_are_picked() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/keys/groq");
      assertThat(page.locator("input[name=key_id]")).hasCount(50);
      page.locator("tbody tr").last().scrollIntoViewIfNeeded();
      assertThat(page.locator("input[name=key_id]")).hasCount(100);
      page.locator("tbody tr").last().scrollIntoViewIfNeeded();
      assertThat(page.locator("input[name=key_id]")).hasCount(120);

      page.navigate("/keys/groq");
      page.locator("input[data-all]").check();
      page.locator("input[name=all]").check();
      assertThat(page.locator("[data-count]")).hasText("120 selected");
      look(page, eyes(), "keys-picked");
      button(page, "Delete").click();
      assertThat(page.locator("main")).containsText("120 keys of groq will be deleted.");
      look(page, eyes(), "keys-delete");
    }
  }

  @Test
  @DisplayName("keys, remarks and models of HTML, quotes, emoji and RTL show as text")
  void hostile_text_shows_as_text() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/keys/google-ai-studio?status=cooling&sort=created");
      assertThat(page.locator("tbody")).containsText("<img src=x onerror=alert(1)>'\"&`🔑");
      page.navigate(keyPage);
      assertThat(page.locator("input[name=remark]")).hasValue(HOSTILE);
      page.navigate("/requests?provider=groq");
      assertThat(page.locator("tbody")).containsText("<img src=x onerror=alert(1)>");
      page.navigate("/?by=model&range=1h");
      page.navigate("/keys/groq?q=%3Cscript%3Ealert(1)%3C/script%3E");
      assertThat(page.locator("[data-search]")).hasValue("<script>alert(1)</script>");
    }
  }

  @Test
  @DisplayName("S22 a key is shown in full after a fresh sign-in, and that is noted")
  void a_key_is_shown_in_full() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate(keyPage);
      button(page, "Show in full").click();
      assertThat(page.locator("#revealed")).hasText(LIMITED);
      page.navigate("/audit");
      assertThat(page.locator("tbody tr").first()).containsText("saw a key");
      button(page, "Check the chain").click();
      assertThat(page.locator("main")).containsText("The log is as it was written");
    }
  }

  @Test
  void keys_are_tested_with_progress() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/keys/openai");
      page.locator("input[data-all]").check();
      page.locator("[data-test]").click();
      button(page, "Start").click();
      assertThat(page.locator("dialog[data-testing] [data-state]"))
          .containsText("1 asked: 1 passed, 0 failed");
      look(page, eyes(), "keys-test");
    }
  }

  @Test
  void keys_are_found_in_any_text() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/find");
      page.locator("textarea[name=text]")
          .fill(
              "Hi, mine is `pplx-abcdefghijklmnopqrstuvwxyz0123`; and"
                  + " sk-0123456789abcdef0123456789abcdef!");
      button(page, "Find keys").click();
      assertThat(page.locator("main")).containsText("These look like keys of perplexity-ai: 1 key");
      look(page, eyes(), "found");
      button(page, "Add these").click();
      button(page, "Add 1 key").click();
      assertThat(page.locator("[data-toast]")).containsText("1 key added.");
    }
  }

  @Test
  void a_gateway_key_is_issued_used_in_the_playground_rotated_and_revoked() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/gateway-keys");
      page.locator("input[name=name]").fill("team " + HOSTILE);
      page.locator("input[name=groups]").fill("sandbox");
      page.locator("input[name=cost_micros_per_day]").fill("2.50");
      button(page, "Issue a gateway key").click();
      var key = page.locator("#fresh").textContent();
      look(page, eyes(), "gateway-key-fresh");

      page.navigate("/playground");
      page.locator("input[name=auth_key]").fill(key);
      button(page, "Send").click();
      assertThat(page.locator("[data-answer]")).not().isEmpty();
      assertThat(page.locator("[data-facts]")).containsText("200 ·");
      assertThat(page.locator("#play-curl")).containsText("sandbox/echo");
      look(page, eyes(), "playground-answered");

      page.navigate("/gateway-keys");
      page.getByText("team <img").click();
      assertThat(page.locator("input[name=cost_micros_per_day]")).hasValue("2.5");
      look(page, eyes(), "gateway-key");
      button(page, "Disable").click();
      assertThat(page.locator("h1")).containsText("Disabled");
      button(page, "Rotate").click();
      assertThat(page.locator("#fresh")).not().hasText(key);
      page.navigate("/gateway-keys");
      page.getByText("team <img").click();
      page.getByText("Revoke…").click();
      button(page, "Revoke").click();
      assertThat(page.locator("[data-toast]")).containsText("is revoked.");
    }
  }

  @Test
  void settings_are_told_in_words_and_secrets_only_that_they_are() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/settings");
      assertThat(page.locator("main")).containsText("one-balance.yaml:");
      assertThat(page.locator("main")).containsText("(hidden)");
      assertThat(page.locator("main")).not().containsText("Optional");
      assertThat(page.locator("main")).not().containsText(Running.AUTH);
    }
  }

  @Test
  void keyboard_language_and_brightness() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      page.navigate("/keys/groq");
      page.keyboard().press("/");
      assertThat(page.locator("[data-search]")).isFocused();
      page.locator("h1").click();
      page.keyboard().press("?");
      assertThat(page.locator("dialog[data-help]")).isVisible();
      look(page, eyes(), "help");
      page.keyboard().press("Escape");
      page.keyboard().press("g");
      page.keyboard().press("r");
      page.waitForURL("**/requests");

      button(page, "简体中文").click();
      assertThat(page.locator("h1")).hasText("请求");
      button(page, "深色").click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      button(page, "English").click();
      assertThat(page.locator("h1")).hasText("Requests");
    }
  }

  @Test
  void what_happens_to_keys_is_seen_without_reloading() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = signedIn(context);
      house.keys("cerebras", "csk-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaLIVE");
      page.navigate("/");
      var id = find(house.get("/api/keys?provider=cerebras").body(), "\"id\":\"([^\"]+)\"");
      house.post(
          "/api/keys/bulk",
          "{\"action\":\"block\",\"ids\":[\"%s\"],\"reason\":\"seen live\"}".formatted(id));
      assertThat(page.locator("#events"))
          .containsText("seen live", new ContainsTextOptions().setTimeout(20_000));
    }
  }

  @Test
  @DisplayName("S15 a session that has ended is told kindly, and leads back")
  void a_session_that_has_ended_is_told_kindly() {
    try (var context = chromium.context(house.url(), eyes())) {
      var page = page(context);
      context.addCookies(List.of(new Cookie("one_balance_session", "gone").setUrl(house.url())));
      page.navigate("/requests");
      assertThat(page.locator("main")).containsText("Your session has ended.");
      page.locator("input[name=auth_key]").fill("wrong-key");
      button(page, "Sign in").click();
      assertThat(page.locator("[role=alert]")).containsText("does not open the console");
      complaints.clear(); // the browser notes the 403
      signIn(page);
      page.waitForURL("**/requests");
    }
  }

  private static Eyes eyes() {
    return new Eyes("en-GB", ColorScheme.LIGHT, false);
  }

  private Page signedIn(BrowserContext context) {
    return Browsing.signedIn(context, complaints::add);
  }

  private Page page(BrowserContext context) {
    return Browsing.page(context, complaints::add);
  }
}
