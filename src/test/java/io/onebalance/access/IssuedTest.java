package io.onebalance.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.access.limit.rules.KeyLimits;
import io.onebalance.access.limit.rules.Limit;
import io.onebalance.access.limit.rules.LimitTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuedTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final String KEY = Issued.PREFIX + "a".repeat(43);
  private static final KeyLimits TEN = new KeyLimits(Map.of(Limit.REQUESTS_PER_MINUTE, 10L));

  private final List<String> hashed = new ArrayList<>();
  private final Issued issued = new Issued(this::hash);

  @Test
  void an_issued_key_is_in_force_beside_the_defined_ones_until_it_is_taken_away() throws Exception {
    var grants = Grants.parse("defined").with(LimitTable.EMPTY, issued);
    assertThat(grants.admit(List.of(KEY), NOW)).isEqualTo(Admission.UNKNOWN);
    issued.put(hash(KEY), new Issued.Key(grant(KeyLimits.NONE), NOW));
    assertThat(grants.admit(List.of("wrong", KEY), NOW)).isInstanceOf(Admission.Admitted.class);
    assertThat(grants.admit(List.of(KEY), NOW.plusNanos(1))).isEqualTo(Admission.EXPIRED);
    assertThat(grants.admit(List.of("defined"), NOW)).isInstanceOf(Admission.Admitted.class);
    issued.remove(hash(KEY));
    assertThat(grants.admit(List.of(KEY), NOW)).isEqualTo(Admission.UNKNOWN);
  }

  @Test
  void only_what_looks_like_an_issued_key_is_hashed() throws Exception {
    var grants = Grants.parse("defined").with(LimitTable.EMPTY, issued);
    issued.put(hash(KEY), new Issued.Key(grant(KeyLimits.NONE), NOW));
    hashed.clear();
    grants.admit(List.of("defined", "ob-", KEY + "x", "sk" + KEY.substring(2)), NOW);
    assertThat(hashed).isEmpty();
    grants.admit(List.of(KEY), NOW);
    assertThat(hashed).containsExactly(KEY);
  }

  @Test
  void limits_that_a_key_has_not_are_those_of_the_settings_also_when_they_change()
      throws Exception {
    var own = new KeyLimits(Map.of(Limit.CONCURRENT, 3L));
    issued.put(hash(KEY), new Issued.Key(grant(own), NOW));
    issued.byDefault(TEN);
    assertThat(limitsOf(KEY)).isEqualTo(own.over(TEN));
    issued.byDefault(KeyLimits.NONE);
    assertThat(limitsOf(KEY)).isEqualTo(own);
  }

  @Test
  void a_definition_is_limited_by_its_place_or_its_id() throws Exception {
    var bare = Grants.parse("one;two;three");
    var third = bare.defined().get(2).grant().id();
    var named = Map.of("key-2", TEN, third, new KeyLimits(Map.of(Limit.CONCURRENT, 1L)));
    var grants =
        bare.with(new LimitTable(ZoneOffset.UTC, KeyLimits.NONE, named), new Issued(this::hash));
    assertThat(grants.defined().stream().map(one -> one.grant().limits()))
        .containsExactly(KeyLimits.NONE, TEN, named.get(third));
    assertThat(grants.unknown(named.keySet())).isEmpty();
    assertThat(grants.unknown(java.util.Set.of("key-1", "key-4", "key-0", "two")))
        .containsExactly("key-0", "key-4", "two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*                           | *",
        "openai,gpt-4o & groq        | openai,gpt-4o&groq",
        "Google,models/gem,b         | google-ai-studio,b,gem",
        "',gpt-4o'                    | ',gpt-4o'"
      })
  void permissions_are_written_as_they_are_read(String given, String written) {
    UnaryOperator<String> names = name -> name.equals("google") ? "google-ai-studio" : name;
    var groups = Permissions.ofIssued(given, names);
    assertThat(Permissions.text(groups)).isEqualTo(written);
    assertThat(Permissions.ofIssued(written, names)).isEqualTo(groups);
  }

  @ParameterizedTest
  @CsvSource({"''", "'*&openai'", "openai=x", "'openai,'"})
  void permissions_that_say_nothing_clear_are_refused(String given) {
    assertThatThrownBy(() -> Permissions.ofIssued(given, name -> name))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("S4 of a thousand definitions each is found, and what is none is not")
  void a_thousand_definitions() throws Exception {
    var keys = IntStream.range(0, 1_000).mapToObj(i -> "gateway-key-number-" + i).toList();
    var grants = Grants.parse(keys.stream().collect(Collectors.joining(";")));
    for (var i = 0; i < keys.size(); i++) {
      var found = grants.admit(List.of(keys.get(i)), NOW);
      assertThat(found).isEqualTo(new Admission.Admitted(grants.defined().get(i).grant()));
      assertThat(grants.admit(List.of(keys.get(i) + "x"), NOW)).isEqualTo(Admission.UNKNOWN);
    }
  }

  private KeyLimits limitsOf(String key) throws MalformedAuthKey {
    var admission = Grants.parse("x").with(LimitTable.EMPTY, issued).admit(List.of(key), NOW);
    return ((Admission.Admitted) admission).grant().limits();
  }

  private static Grant grant(KeyLimits limits) {
    return new Grant("gk-1", "phone", List.of(), limits);
  }

  private byte[] hash(String key) {
    hashed.add(key);
    try {
      var text = ("of a store: " + key).getBytes(StandardCharsets.UTF_8);
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
