package io.onebalance.console.pages.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.server.Reply;
import io.onebalance.store.issue.IssuedKey;
import io.onebalance.store.issue.IssuedKey.Terms;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Gateway keys as somebody issues and changes them on pages.
class GatewayKeyPagesTest {
  private static final String KEYS = "/gateway-keys";
  private static final Pattern FIELD =
      Pattern.compile("<input name=\"([a-z_]+)\"[^>]* value=\"([^\"]*)\"");
  private static final KeyLimits SOME =
      new KeyLimits(
          Map.of(
              Limit.REQUESTS_PER_MINUTE,
              60L,
              Limit.CONCURRENT,
              KeyLimits.ANY,
              Limit.MONEY_PER_DAY,
              2_500_000L));

  @TempDir Path dir;
  private OpenConsole open;
  private String cookie = "";

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir);
    cookie = open.cookie();
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void a_form_that_is_saved_as_it_was_shown_changes_nothing() {
    byDefault(Limit.CONCURRENT, 5);
    var key = issue(SOME, Instant.parse("2026-04-01T12:00:45Z"));
    var fields = fields(key);

    assertThat(fields)
        .containsEntry("concurrent", "none")
        .containsEntry("tokens_per_day", "")
        .containsEntry("expires", "2026-04-01T12:00");
    assertThat(saved(key, fields).status()).isEqualTo(303);
    assertThat(now(key).terms()).isEqualTo(key.terms());
  }

  @Test
  void an_expiry_is_changed_where_another_is_written_and_ends_where_none_is() {
    var key = issue(SOME, Instant.parse("2026-04-01T12:00:45Z"));
    var fields = fields(key);

    fields.put("expires", "2026-04-01T12:01");
    saved(key, fields);
    assertThat(now(key).terms().expires()).contains(Instant.parse("2026-04-01T12:01:00Z"));

    fields.put("expires", "");
    saved(key, fields);
    assertThat(now(key).terms().expires()).isEmpty();
  }

  @Test
  void a_limit_is_a_number_or_none_or_the_default() {
    byDefault(Limit.CONCURRENT, 5);

    var page =
        Knock.text(posted(KEYS, "name=a&groups=*&requests_per_minute=None&tokens_per_day=100"));

    assertThat(open.issued.list().getFirst().terms().limits().numbers())
        .isEqualTo(Map.of(Limit.REQUESTS_PER_MINUTE, KeyLimits.ANY, Limit.TOKENS_PER_DAY, 100L));
    assertThat(page)
        .contains(">Requests a minute: no limit, Requests at once: 5 (default), Tokens a day: 100<")
        .containsPattern("<input name=\"concurrent\"[^>]* value=\"\" placeholder=\"5\"")
        .contains("none is no limit, whatever the default says.");
  }

  @Test
  void a_key_that_never_expires_is_said_to_never_expire() {
    posted(KEYS, "name=a&groups=openai");

    var chinese = cookie + "; one_balance_language=zh-CN";
    assertThat(open.get(KEYS).cookie(cookie).text()).contains(">never</td>");
    assertThat(open.get(KEYS).cookie(chinese).text()).contains(">永不过期</td>").doesNotContain("从未");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          requests_per_minute   | 6o               | 'requests-per-minute' must be a number, or none
          cost_micros_per_month | 1.0000001        | 'usd-per-month' must be a number, or none
          groups                | mars             | 'groups' names no provider: 'mars'
          name                  | taken            | another gateway key has this name
          expires               | tomorrow         | 'expires' must be a date and a time
          """)
  void a_form_that_is_refused_comes_back_as_it_was_filled_in(
      String name, String value, String why) {
    var key = issue(SOME, Instant.parse("2026-04-01T12:00:45Z"));
    posted(KEYS, "name=taken&groups=*");
    var fields = fields(key);
    fields.put("tokens_per_day", "77");
    fields.put(name, value);

    comesBack(saved(key, fields), fields, why);
    assertThat(now(key).terms()).isEqualTo(key.terms());

    fields.computeIfPresent("name", (_, text) -> text.equals("phone") ? "another" : text);
    comesBack(posted(KEYS, form(fields)), fields, why);
    assertThat(open.issued.list()).hasSize(2);
  }

  private static void comesBack(Reply.Whole answer, Map<String, String> fields, String why) {
    var page = Knock.text(answer);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(page.replace("&#39;", "'"))
        .contains("<section class=\"notice toast bad\"")
        .contains("<p>" + why);
    assertThat(filled(page)).containsAllEntriesOf(fields);
  }

  private void byDefault(Limit limit, long number) {
    open.issued.inForce().byDefault(new KeyLimits(Map.of(limit, number)));
  }

  private IssuedKey issue(KeyLimits limits, Instant expires) {
    var terms = new Terms(List.of(), limits, true, Optional.of(expires));
    return open.issued.add("phone", terms, "test").key();
  }

  private IssuedKey now(IssuedKey key) {
    return open.issued.find(key.id()).orElseThrow();
  }

  /// What the form for changing a key begins with.
  private Map<String, String> fields(IssuedKey key) {
    return filled(open.get(KEYS + "/" + key.id()).cookie(cookie).text());
  }

  private static Map<String, String> filled(String page) {
    var fields = new LinkedHashMap<String, String>();
    FIELD.matcher(page).results().forEach(found -> fields.put(found.group(1), found.group(2)));
    fields.remove("grace");
    assertThat(fields).hasSize(3 + Limit.values().length);
    return fields;
  }

  private Reply.Whole saved(IssuedKey key, Map<String, String> fields) {
    return posted(KEYS + "/" + key.id(), "action=save&" + form(fields));
  }

  private Reply.Whole posted(String path, String form) {
    return open.post(path).cookie(cookie).form(form).whole();
  }

  private static String form(Map<String, String> fields) {
    return fields.entrySet().stream()
        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
