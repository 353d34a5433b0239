package io.onebalance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext.ClearCookiesOptions;
import com.microsoft.playwright.options.Cookie;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// Everything else that can be done: gateway keys, the playground, the request log, settings, audit
/// log, switches, keyboard, and the door itself.
final class WalkOfHouse {
  private final Walk walk;

  WalkOfHouse(Walk walk) {
    this.walk = walk;
  }

  void walk(WalkOfPages.Places places) {
    gatewayKey();
    requests(places);
    overview();
    settings();
    audit();
    switches();
    keyboard();
    door();
  }

  /// What somebody sees who has no keys yet.
  static void welcome(Walk walk) {
    walk.open("/");
    walk.reads("h1", walk.says("welcome"));
    var curl = walk.at("#curl").textContent();
    walk.press("copy");
    assertThat(walk.button("copy")).hasCount(0);
    assertThat(walk.page.evaluate("navigator.clipboard.readText()")).isEqualTo(curl);
    walk.look("welcome");
  }

  private void gatewayKey() {
    walk.open("/gateway-keys");
    walk.at("input[name=name]").fill("team " + Walk.HOSTILE);
    walk.at("input[name=groups]").fill("sandbox");
    walk.at("input[name=cost_micros_per_day]").fill("2.50");
    walk.press("gateway.new");
    var key = walk.at("#fresh").textContent();
    walk.look("gateway-key-fresh");
    play(key);

    mine();
    assertThat(walk.at("input[name=cost_micros_per_day]")).hasValue("2.5");
    walk.at("input[name=requests_per_minute]").fill("60");
    walk.press("save");
    walk.toast("done.saved");
    walk.look("gateway-key");
    walk.press("gateway.disable");
    walk.reads("h1", walk.says("gateway.disabled"));
    walk.press("gateway.enable");
    walk.reads("h1", walk.says("gateway.enabled"));
    walk.press("gateway.rotate");
    assertThat(walk.at("#fresh")).not().hasText(key);
    mine();
    walk.at("a.danger").click();
    walk.look("gateway-key-revoke");
    walk.press("gateway.revoke");
    walk.toast("gateway.revoked", "team " + Walk.HOSTILE);
  }

  private void mine() {
    walk.open("/gateway-keys");
    walk.at("tbody a").getByText("team <img").click();
    walk.page.waitForURL("**/gateway-keys/*");
  }

  private void play(String key) {
    walk.open("/playground");
    walk.at("input[name=auth_key]").fill("no-such-gateway-key");
    walk.press("play.send");
    walk.reads("[data-answer]", walk.words.sentence("The gateway key is not known."));
    walk.at("input[name=auth_key]").fill(key);
    walk.at("textarea[name=message]").fill(Walk.HOSTILE);
    walk.press("play.send");
    walk.reads("[data-answer]", Walk.HOSTILE);
    walk.reads("[data-facts]", "200 · ");
    walk.reads("#play-curl", "sandbox/echo");
    assertThat(walk.at("[data-way]")).isVisible();
    walk.look("playground-answered");
  }

  private void requests(WalkOfPages.Places places) {
    walk.open("/requests");
    walk.at("input[name=provider]").fill("groq");
    walk.press("search");
    walk.page.waitForURL("**provider=groq**");
    walk.reads("tbody", "<img src=x onerror=alert(1)>");
    walk.at("select[name=status]").selectOption("error");
    walk.page.waitForURL("**status=error**");
    walk.look("requests-sought");
    walk.at("a.quiet[href='/requests']").click();
    var file = walk.page.waitForDownload(() -> walk.at(".page-head a[download]").click()).path();
    try {
      assertThat(Files.readString(file)).contains("google-ai-studio");
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
    walk.open(places.request());
    walk.reads("main", walk.says("why.in-flight", 1));
  }

  private void overview() {
    walk.open("/");
    walk.at(".choices a").getByText(walk.says("range.7d")).click();
    walk.page.waitForURL("**range=7d**");
    walk.at(".choices a").getByText(walk.says("by.gateway_key")).click();
    walk.page.waitForURL("**by=gateway_key**");
    walk.look("overview-gateway-keys");
  }

  private void settings() {
    walk.open("/settings");
    walk.reads("main", "one-balance.yaml:");
    walk.reads("main", walk.says("settings.value.(hidden)"));
    assertThat(walk.at("main")).not().containsText(Running.AUTH);
  }

  private void audit() {
    walk.open("/audit");
    walk.reads("tbody", walk.says("audit.action.gateway-key.revoke"));
    walk.press("audit.check");
    walk.reads("main", walk.says("audit.sound"));
    walk.look("audit-sound");
  }

  private void switches() {
    walk.open("/requests");
    var here = walk.words.language().tag();
    var other = here.equals("en") ? "zh-CN" : "en";
    walk.at(".switches button[value=" + other + "]").click();
    assertThat(walk.at("html")).hasAttribute("lang", other);
    walk.at(".switches button[value=" + here + "]").click();
    walk.reads("h1", walk.says("nav.requests"));
    for (var theme : new String[] {"dark", "light"}) {
      walk.at(".switches button[value=" + theme + "]").click();
      assertThat(walk.at("html")).hasAttribute("data-theme", theme);
      walk.look("switched-" + theme);
    }
    walk.context().clearCookies(new ClearCookiesOptions().setName("one_balance_theme"));
  }

  private void keyboard() {
    walk.open("/keys/groq");
    walk.page.keyboard().press("/");
    assertThat(walk.at("[data-search]")).isFocused();
    walk.at("h1").click();
    walk.page.keyboard().press("?");
    assertThat(walk.at("dialog[data-help]")).isVisible();
    walk.look("help");
    walk.page.keyboard().press("Escape");
    walk.page.keyboard().press("g");
    walk.page.keyboard().press("r");
    walk.page.waitForURL("**/requests");
  }

  /// Out, in with a key that opens nothing, and back after a session has ended.
  private void door() {
    walk.at("form[action='/logout'] button").click();
    walk.page.waitForURL("**/login");
    walk.look("login");
    walk.at("input[name=auth_key]").fill("wrong-key");
    walk.press("login.title");
    walk.reads("[role=alert]", walk.says("login.wrong"));
    walk.look("login-wrong");
    walk.context()
        .addCookies(List.of(new Cookie("one_balance_session", "gone").setUrl(walk.house.url())));
    walk.open("/requests");
    walk.reads("main", walk.says("login.ended"));
    walk.look("login-ended");
    Browsing.signIn(walk.page);
    walk.page.waitForURL("**/requests");
  }
}
