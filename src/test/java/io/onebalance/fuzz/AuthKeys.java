package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.Admission;
import io.onebalance.access.Grants;
import io.onebalance.access.MalformedAuthKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The grammar of `AUTH_KEY`. The whole input is one.
///
/// What is admitted may do what its own groups say, as a naive reading of the text has it, and no
/// more; what is refused is never told in full.
final class AuthKeys implements Target {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");

  @Override
  public void attack(byte[] input) {
    var text = new String(input, StandardCharsets.UTF_8);
    try {
      var grants = Grants.parse(text);
      assertThat(grants.admit(List.of("no such key \u00e4"), NOW)).isEqualTo(Admission.UNKNOWN);
      Arrays.stream(text.split(";", -1))
          .filter(definition -> !definition.isBlank())
          .forEach(definition -> check(grants, text, definition.strip()));
    } catch (MalformedAuthKey malformed) {
      assertThat(malformed.getMessage()).matches("(?s)(AUTH_KEY|definition) .*");
    }
  }

  private static void check(Grants grants, String all, String definition) {
    var subject = definition.split("=", 2)[0].strip();
    var key = subject.split("\\(", 2)[0].strip();
    var twice = Arrays.stream(all.split("[;]", -1)).filter(d -> d.contains(key)).count() > 1;
    switch (grants.admit(List.of(key), NOW)) {
      case Admission.Admitted(var grant) -> {
        assertThat(grant.name()).hasSizeLessThan(20);
        if (!twice) {
          assertThat(grant.unrestricted()).isEqualTo(!definition.contains("="));
          List.of("openai", "x")
              .forEach(provider ->
                  assertThat(grant.allows(provider, "m"))
                      .isEqualTo(allows(definition, provider, "m")));
        }
      }
      case Admission.Refused refused -> assertThat(refused).isEqualTo(Admission.EXPIRED);
    }
  }

  /// Whether the definition grants this, read as people would.
  private static boolean allows(String definition, String provider, String model) {
    var halves = definition.split("=", 2);
    return halves.length == 1
        || Arrays.stream(halves[1].split("&", -1))
            .anyMatch(group -> covers(group, provider, model));
  }

  private static boolean covers(String group, String provider, String model) {
    var names = Arrays.stream(group.split(",", -1)).map(String::strip).toList();
    var models = names.subList(1, names.size());
    var owner = names.getFirst().toLowerCase(Locale.ROOT);
    return (owner.isEmpty() || owner.equals(provider))
        && (models.isEmpty() || models.contains(model) || models.contains("models/" + model));
  }
}
