package io.onebalance.console.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.console.Knock;
import io.onebalance.console.OpenConsole;
import io.onebalance.console.session.Sessions;
import io.onebalance.console.web.Ask;
import io.onebalance.console.web.Caller;
import io.onebalance.key.Outcome;
import io.onebalance.key.event.Cause;
import io.onebalance.key.event.KeyEvent;
import io.onebalance.key.event.KeyEvent.Blocked;
import io.onebalance.key.event.KeyEvent.Fellows;
import io.onebalance.key.event.KeyEvent.Rests;
import io.onebalance.key.event.KeyEvent.SetAside;
import io.onebalance.key.pool.Choice;
import io.onebalance.provider.answer.Verdict;
import io.onebalance.server.Reply;
import io.onebalance.store.issue.IssuedKey.Terms;
import io.onebalance.store.keyring.Keyring.Selection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyWatchTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path dir;
  private OpenConsole open;
  private KeyWatch watch;
  private String id = "";

  @BeforeEach
  void open() {
    open = OpenConsole.in(dir);
    watch = open.live.watch();
    id = open.add("openai", "sk-aaaaaaaaaaaaaaaaaaaaaaaa").getFirst();
  }

  @AfterEach
  void close() {
    open.close();
  }

  @Test
  void rests_are_told_when_they_begin_and_when_they_end_by_themselves() {
    rest("gpt-4o");

    assertThat(told()).containsExactly("cooled gpt-4o");
    assertThat(open.live.soonest(9, open.now))
        .extracting(rest -> rest.keyId() + " " + rest.model())
        .containsExactly(id + " gpt-4o");
    open.now = open.now.plus(Duration.ofMinutes(11));
    open.pools.notice(open.now);
    assertThat(told()).containsExactly("recovered gpt-4o", "cooled gpt-4o");
    assertThat(open.live.soonest(9, open.now)).isEmpty();
  }

  @Test
  void blocks_are_told_with_their_reason_and_so_is_the_way_back() {
    var key = new Selection.Ids(List.of(id));
    open.keyring.block(key, "API_KEY_INVALID", "test");
    assertThat(told()).containsExactly("blocked ");
    assertThat(watch.latest(1).getFirst().reason()).isEqualTo("API_KEY_INVALID");

    open.keyring.unblock(key, "test");
    assertThat(told()).containsExactly("recovered ", "blocked ");
  }

  @Test
  void a_key_that_was_deleted_tells_nothing_more() {
    rest("gpt-4o");
    open.keyring.delete(new Selection.Ids(List.of(id)), "test");
    open.now = open.now.plus(Duration.ofMinutes(11));
    open.pools.notice(open.now);
    open.pools.of("openai").block(id, "gone", open.now);

    assertThat(told()).containsExactly("cooled gpt-4o");
  }

  @Test
  void the_page_of_a_key_shows_the_rest_of_its_account() {
    var rests = rests(Duration.ofHours(1), new Fellows("team", 2));
    watch.accept(event("other", rests));
    watch.accept(event("other", new SetAside()));

    assertThat(watch.of(id, "team")).extracting(Heard::fellows).containsExactly(2);
    assertThat(watch.of(id, "")).isEmpty();
    assertThat(watch.of("other", "")).hasSize(2);
  }

  @Test
  void no_more_than_the_latest_are_held_and_doubts_push_out_no_blocks() {
    watch.accept(event(id, new Blocked("a", false)));
    watch.accept(event(id, rests(Duration.ofHours(1), Fellows.NONE)));
    for (var i = 0; i < KeyWatch.MOST; i++) {
      watch.accept(event(id, new SetAside()));
      watch.accept(event(id, rests(Duration.ofMinutes(1), Fellows.NONE)));
    }

    assertThat(watch.newest()).isEqualTo(2 * KeyWatch.MOST + 2);
    assertThat(watch.after(0, 10 * KeyWatch.MOST))
        .hasSize(KeyWatch.MOST + 2)
        .extracting(Heard::number)
        .startsWith(1L, 2L, KeyWatch.MOST + 3L)
        .isSorted();
    assertThat(watch.after(2L * KeyWatch.MOST, 9)).hasSize(2);
  }

  @Test
  void the_api_tells_events_in_either_order() {
    rest("gpt-4o");
    open.keyring.block(new Selection.Ids(List.of(id)), "by hand", "test");

    var newest = open.get("/api/events").master().text();
    assertThat(newest)
        .contains("\"event\":\"blocked\"")
        .containsPattern("\"event\":\"cooled\".*\"until\":\\d+.*\"request\":\"r-1\"")
        .endsWith("\"next\":null}");
    var next = open.get("/api/events?after=0&limit=1").master().text();
    assertThat(next).containsPattern(Pattern.compile("\"next\":\\d+}$"));
    assertThat(open.get("/api/events?after=x").master().status()).isEqualTo(400);
    assertThat(open.get("/api/events?odd=1").master().status()).isEqualTo(400);
    assertThat(Knock.text(open.get("/api/events").whole())).contains("invalid_api_key");
  }

  @Test
  void those_who_follow_are_let_go_at_the_end() {
    watch.end();

    assertThat(open.get("/api/events").master().with("accept", "text/event-stream").text())
        .isEqualTo(": events of keys\n\n");
  }

  @Test
  void who_followed_before_a_restart_hears_all_that_happened_since() {
    watch.accept(event(id, new Blocked("a", false)));
    watch.accept(event(id, new Blocked("b", false)));
    watch.end();

    assertThat(followed("1")).contains("id: 2\n").doesNotContain("id: 1\n");
    assertThat(followed("2")).isEqualTo(": events of keys\n\n");
    assertThat(followed("4711")).contains("id: 1\nevent: blocked\ndata: {", "id: 2\n");
  }

  @Test
  void who_signed_out_while_following_hears_nothing_more() {
    var cookie = open.cookie();
    assertThat(
            followedUntil(
                open.get("/api/events").cookie(cookie),
                () ->
                    open.post("/logout")
                        .cookie(cookie)
                        .with("sec-fetch-site", "same-origin")
                        .whole()))
        .contains("\"reason\":\"before\"")
        .doesNotContain("\"reason\":\"after\"")
        .endsWith(": access ended\n\n");
  }

  @Test
  void a_session_that_only_follows_ends_as_one_that_is_idle() {
    var follower = open.get("/api/events").cookie(open.cookie());
    assertThat(followedUntil(follower, () -> open.now = open.now.plus(Sessions.IDLE)))
        .endsWith(": access ended\n\n");
  }

  @Test
  void a_gateway_key_that_was_revoked_hears_nothing_more() {
    var terms = new Terms(List.of(), KeyLimits.NONE, true, Optional.empty());
    var fresh = open.issued.add("watcher", terms, "test");
    assertThat(
            followedUntil(
                open.get("/api/events").key(fresh.text().reveal()),
                () -> open.issued.revoke(fresh.key().id(), "test")))
        .contains("\"reason\":\"before\"")
        .doesNotContain("\"reason\":\"after\"")
        .endsWith(": access ended\n\n");
  }

  @Test
  void where_nothing_happens_access_is_asked_for_at_each_beat() {
    var looks = new AtomicInteger();
    var api = new EventApi(watch, _ -> () -> looks.incrementAndGet() < 3, Duration.ofMillis(1));
    var visit = open.get("/api/events").with("accept", "text/event-stream").visit();
    var text = new StringBuilder();
    if (api.answer(new Ask(visit, Map.of(), new Caller.Stranger()))
        instanceof Reply.Streamed(_, _, var writer)) {
      writer.accept(piece -> text.append(new String(piece, StandardCharsets.UTF_8)));
    }
    assertThat(text.toString())
        .isEqualTo(": events of keys\n\n: still here\n\n: still here\n\n: access ended\n\n");
  }

  /// Follows the events, of which there is one before `then` and one after it, until the end.
  private String followedUntil(Knock follower, Runnable then) {
    var visit = follower.with("accept", "text/event-stream").visit();
    watch.accept(event(id, new Blocked("long before", false)));
    if (!(open.console.answer(visit) instanceof Reply.Streamed(_, _, var writer))) {
      throw new AssertionError("not let in");
    }
    watch.accept(event(id, new Blocked("before", false)));
    var text = new StringBuilder();
    writer.accept(piece -> {
      text.append(new String(piece, StandardCharsets.UTF_8));
      if (text.indexOf("\"after\"") >= 0) {
        watch.end();
      } else if (text.indexOf("\"before\"") >= 0 && text.indexOf("ended") < 0) {
        then.run();
        watch.accept(event(id, new Blocked("after", false)));
      }
    });
    return text.toString();
  }

  private String followed(String lastEventId) {
    return open.get("/api/events")
        .master()
        .with("accept", "text/event-stream")
        .with("last-event-id", lastEventId)
        .text();
  }

  private List<String> told() {
    return watch.latest(10).stream()
        .map(heard -> heard.kind().word() + " " + heard.model())
        .toList();
  }

  private static KeyEvent event(String keyId, KeyEvent.Change change) {
    return new KeyEvent(NOON, "openai", keyId, new Cause.Order(), change);
  }

  private static Rests rests(Duration length, Fellows fellows) {
    return new Rests("gpt-4o", NOON.plus(length), length, "limit", fellows);
  }

  /// Lets the key be limited for a model, as a provider's answer would.
  private void rest(String model) {
    if (open.pools.of("openai").choose(model, Set.of(), open.now)
        instanceof Choice.Chosen(var slot)) {
      slot.serves("r-1");
      var limited =
          new Verdict.Limited(
              Verdict.Window.MINUTE, Optional.of(Duration.ofMinutes(10)), Optional.empty());
      slot.settle(new Outcome.Judged(limited, Duration.ofMillis(80)), open.now);
    }
  }
}
