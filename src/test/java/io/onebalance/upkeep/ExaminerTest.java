package io.onebalance.upkeep;

import static io.onebalance.upkeep.Rig.GOOGLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.Cooling;
import io.onebalance.key.State;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.answer.Reason;
import io.onebalance.sandbox.answer.Complaint;
import io.onebalance.sandbox.answer.Complaint.Plain;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Match;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExaminerTest {
  private static final String KEY = "AIzaSyTheKeyThatIsTestedHere00000000001";

  @TempDir Path dir;
  private Rig rig;

  @BeforeEach
  void open() {
    rig = new Rig(dir);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private Finding find(String provider, String id, String model) {
    var examined = rig.examiner.examine(provider, id, model);
    assertThat(examined.keyId()).isEqualTo(id);
    assertThat(examined.finding().told()).doesNotContain(KEY);
    assertThat(rig.pools.of(provider).inFlight()).isZero();
    return examined.finding();
  }

  @ParameterizedTest
  @CsvSource({
    "google-ai-studio, GET, /gemini/v1beta/models?pageSize=1",
    "openai, GET, /openai/v1/models",
    "anthropic, GET, /anthropic/v1/models?limit=1",
  })
  @DisplayName("a good key is asked with the catalogue's cheapest call, and its success is noted")
  void a_good_key_is_valid(String provider, String method, String target) {
    var id = rig.add(provider, KEY);
    assertThat(find(provider, id, "")).isEqualTo(new Finding.Valid());
    var heard = rig.sandbox.seen().last().heard();
    assertThat(heard.method()).isEqualTo(method);
    assertThat(heard.target()).isEqualTo(target);
    assertThat(rig.sandbox.seen().last().key()).isEqualTo(KEY);
    assertThat(rig.standing(id).health().lastSucceededAt()).isAfter(Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource({
    "google-ai-studio, gemini-2.5-pro, /gemini/v1beta/models/gemini-2.5-pro:generateContent",
    "google-ai-studio, models/gemini-2.5-pro, /gemini/v1beta/models/gemini-2.5-pro:generateContent",
    "openai, gpt-4o-mini, /openai/v1/chat/completions",
    "anthropic, claude-sonnet-4-5, /anthropic/v1/messages",
    "plain, some-model, /openai/v1/chat/completions",
  })
  void a_named_model_is_asked_for_few_tokens(String provider, String model, String target) {
    var id = rig.add(provider, KEY);
    assertThat(find(provider, id, model)).isEqualTo(new Finding.Valid());
    var heard = rig.sandbox.seen().last().heard();
    assertThat(heard.method()).isEqualTo("POST");
    assertThat(heard.target()).isEqualTo(target);
    assertThat(new String(heard.body(), StandardCharsets.UTF_8))
        .containsPattern("\"(max_tokens|maxOutputTokens)\":1");
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4o-mini, max_tokens",
    "openai, gpt-5-mini, max_completion_tokens",
    "openai, o3, max_completion_tokens",
    "plain, gpt-5-mini, max_tokens",
  })
  @DisplayName("the limit has the name that traffic gives it, and room for a little thinking")
  void the_limit_has_the_name_that_the_model_takes(String provider, String model, String limit) {
    var id = rig.add(provider, KEY);
    find(provider, id, model);
    assertThat(new String(rig.sandbox.seen().last().heard().body(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"model\":\"%s\",\"%s\":16,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}"
                .formatted(model, limit));
  }

  @Test
  void a_model_that_thought_until_its_limit_shows_that_the_key_is_good_and_paid_for() {
    rig.script.key(KEY, Rig.UNFINISHED);
    var id = rig.add("openai", KEY);
    rig.stands(id, State.ACTIVE, 1, Map.of(Cooling.WHOLE_KEY, rig.rest("no credit")));
    assertThat(find("openai", id, "gpt-5")).isEqualTo(new Finding.Valid());
    assertThat(rig.standing(id).coolings()).isEmpty();
  }

  @Test
  void a_model_that_is_no_name_cannot_change_the_path() {
    var id = rig.add(GOOGLE, KEY);
    assertThat(find(GOOGLE, id, "../../x")).isInstanceOf(Finding.Unknown.class);
    assertThat(rig.sandbox.seen().count()).isZero();
    find(GOOGLE, id, "x y?alt=sse#\"");
    assertThat(rig.sandbox.seen().last().heard().target())
        .isEqualTo("/gemini/v1beta/models/x%20y%3Falt%3Dsse%23%22:generateContent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"google-ai-studio", "openai", "anthropic"})
  void a_dead_key_is_blocked(String provider) {
    rig.script.key(KEY, Fault.dead());
    var id = rig.add(provider, KEY);
    assertThat(find(provider, id, "")).isEqualTo(new Finding.Invalid(Reason.INVALID));
    assertThat(rig.standing(id).state())
        .isInstanceOfSatisfying(
            State.Blocked.class, blocked -> assertThat(blocked.reason()).isEqualTo(Reason.INVALID));
  }

  @ParameterizedTest
  @ValueSource(strings = {"google-ai-studio", "openai"})
  void a_key_without_credit_rests_as_a_whole(String provider) {
    rig.script.key(KEY, Fault.refuses(Plain.NO_CREDIT));
    var id = rig.add(provider, KEY);
    assertThat(find(provider, id, "")).isInstanceOf(Finding.NoBilling.class);
    assertThat(rig.standing(id).coolings()).containsKey(Cooling.WHOLE_KEY);
    assertThat(rig.standing(id).state()).isEqualTo(State.ACTIVE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"google-ai-studio", "openai", "anthropic"})
  void a_limited_key_is_valid_and_rests_for_the_model(String provider) {
    rig.script.key(KEY, Fault.limited(Duration.ofSeconds(30)));
    var id = rig.add(provider, KEY);
    var finding = find(provider, id, "some-model");
    assertThat(finding).isInstanceOf(Finding.Limited.class);
    assertThat(finding.passed()).isTrue();
    assertThat(rig.standing(id).coolings()).containsOnlyKeys("some-model");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAUTHORIZED", "FORBIDDEN", "OVERLOADED", "INTERNAL", "BAD_GATEWAY"})
  void what_is_not_certain_changes_nothing(Plain complaint) {
    rig.script.key(KEY, Fault.refuses(complaint));
    var id = rig.add("openai", KEY);
    var before = rig.standing(id);
    assertThat(find("openai", id, "")).isInstanceOf(Finding.Unknown.class);
    assertThat(rig.standing(id)).isEqualTo(before);
  }

  @Test
  void a_provider_that_hangs_up_or_talks_nonsense_changes_nothing() {
    var id = rig.add("openai", KEY);
    var before = rig.standing(id);
    for (var fault :
        new Fault[] {
          new Fault.HangsUp(false),
          new Fault.HangsUp(true),
          new Fault.Garbage("what?\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
          new Fault.Cuts(10, false)
        }) {
      rig.script.key(KEY, fault);
      assertThat(find("openai", id, "")).as("%s", fault).isInstanceOf(Finding.Unknown.class);
      assertThat(rig.standing(id)).isEqualTo(before);
    }
  }

  @Test
  void an_error_in_a_200_is_read_as_what_it_says() {
    rig.script.key(KEY, new Fault.RefusesWith200(Plain.INVALID_KEY));
    var id = rig.add("openai", KEY);
    assertThat(find("openai", id, "gpt-4o")).isInstanceOf(Finding.Invalid.class);
  }

  @Test
  void a_refusal_that_blames_only_the_request_shows_that_the_key_is_known() {
    rig.script.play(Match.path("/models"), Fault.refuses(new Complaint.NotFound("x")));
    var id = rig.failing("openai", KEY, 60);
    assertThat(find("openai", id, "")).isEqualTo(new Finding.Valid());
    assertThat(rig.standing(id).health().consecutiveFailures()).isZero();
  }

  @Test
  void a_valid_key_that_was_set_aside_comes_back() {
    var id = rig.add(GOOGLE, KEY);
    rig.stands(id, State.SET_ASIDE, 3, Map.of());
    assertThat(find(GOOGLE, id, "")).isEqualTo(new Finding.Valid());
    assertThat(rig.standing(id).state()).isEqualTo(State.ACTIVE);
    assertThat(rig.standing(id).health().consecutiveFailures()).isZero();
  }

  @Test
  void a_listing_does_not_show_that_credit_is_back_but_an_answered_model_does() {
    var id = rig.add("openai", KEY);
    rig.stands(id, State.ACTIVE, 1, Map.of(Cooling.WHOLE_KEY, rig.rest("no credit")));
    assertThat(find("openai", id, "")).isEqualTo(new Finding.Valid());
    assertThat(rig.standing(id).coolings()).containsKey(Cooling.WHOLE_KEY);
    assertThat(find("openai", id, "gpt-4o-mini")).isEqualTo(new Finding.Valid());
    assertThat(rig.standing(id).coolings()).isEmpty();
  }

  @Test
  void a_blocked_key_stays_blocked_whatever_it_answers() {
    var id = rig.add(GOOGLE, KEY);
    rig.keyring.block(Rig.ids(id), "on leave", Rig.ACTOR);
    assertThat(find(GOOGLE, id, "")).isEqualTo(new Finding.Valid());
    assertThat(rig.standing(id).state())
        .isInstanceOfSatisfying(
            State.Blocked.class, blocked -> assertThat(blocked.reason()).isEqualTo("on leave"));
  }

  @Test
  @DisplayName("D32 tests take the way of the traffic: through the gateway where one is set")
  void tests_take_the_way_of_the_traffic() {
    rig.way = rig.throughGateway();
    var id = rig.add("anthropic", KEY);
    assertThat(find("anthropic", id, "")).isEqualTo(new Finding.Valid());
    var heard = rig.sandbox.seen().last().heard();
    assertThat(heard.header("cf-aig-authorization")).isEqualTo("Bearer gateway-token-of-this-test");
    assertThat(heard.header("x-api-key")).isEqualTo(KEY);
  }

  @Test
  void a_provider_without_a_known_call_is_not_asked() {
    var id = rig.add("plain", KEY);
    assertThat(find("plain", id, "")).isInstanceOf(Finding.Unknown.class);
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  void a_provider_that_left_the_catalogue_is_not_asked() {
    var id = rig.add("plain", KEY);
    rig.catalogue = Catalogue.builtIn();
    assertThat(find("plain", id, "m")).isInstanceOf(Finding.Unknown.class);
  }
}
