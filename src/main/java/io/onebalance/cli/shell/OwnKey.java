package io.onebalance.cli.shell;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Settings;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// The gateway key of these settings that a verb uses: the first of AUTH_KEY that has not expired.
/// The settings were checked when they were read.
public final class OwnKey {
  private static final Pattern EXPIRY = Pattern.compile("[^=]*?\\(\\s*([0-9]{1,12})\\s*\\).*");

  private OwnKey() {}

  /// That may do everything.
  public static Optional<Secret> unrestricted(Settings settings, Instant now) {
    return first(settings, now, definition -> !definition.contains("="));
  }

  /// Whatever it may do.
  public static Optional<Secret> any(Settings settings, Instant now) {
    return first(settings, now, _ -> true);
  }

  private static Optional<Secret> first(Settings settings, Instant now, Predicate<String> wanted) {
    return settings
        .authKey()
        .flatMap(definitions ->
            Arrays.stream(definitions.reveal().split(";", -1))
                .filter(definition -> !definition.isBlank() && wanted.test(definition))
                .filter(definition -> !hasExpired(definition, now))
                .findFirst())
        .map(definition -> new Secret(definition.split("[=(]", 2)[0].strip()));
  }

  private static boolean hasExpired(String definition, Instant now) {
    var expiry = EXPIRY.matcher(definition);
    return expiry.matches() && now.isAfter(Instant.ofEpochSecond(Long.parseLong(expiry.group(1))));
  }
}
