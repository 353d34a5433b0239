package io.onebalance.settings.read;

import io.onebalance.secret.Secret;
import io.onebalance.settings.Cidr;
import io.onebalance.settings.Settings.Address;
import io.onebalance.settings.file.Tree;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The kinds of values that settings have.
final class Kinds {
  private static final int MASTER_KEY_BYTES = 32;
  private static final int LARGEST_PORT = 65_535;
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15})\\s*(|B|KiB|MiB|GiB|TiB)");
  private static final Map<String, Integer> SHIFTS =
      Map.of("", 0, "B", 0, "KiB", 10, "MiB", 20, "GiB", 30, "TiB", 40);
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._:%-]{1,253}");
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[([0-9a-fA-F:.%]+)]|([A-Za-z0-9._-]+)):(\\d{1,5})");

  private static final Pattern SHARE = Pattern.compile("0(\\.\\d{1,9})?|1(\\.0{1,9})?");
  private static final String FIELD = "\\s*[A-Za-z0-9_-]+\\s*=[^,\\p{Cntrl}]+";
  private static final Pattern FIELDS = Pattern.compile(FIELD + "(?:," + FIELD + ")*");

  private Kinds() {}

  static Kind<Integer> whole(int least, int most) {
    return number("a whole number", least, most).to(Long::intValue);
  }

  static Kind<Duration> millis(long least, long most) {
    return number("a whole number of milliseconds", least, most).to(Duration::ofMillis);
  }

  static Kind<Duration> seconds(long least, long most) {
    return number("a whole number of seconds", least, most).to(Duration::ofSeconds);
  }

  static Kind<Duration> days(long least, long most) {
    return number("a whole number of days", least, most).to(Duration::ofDays);
  }

  private static Numbers number(String noun, long least, long most) {
    return new Numbers(noun + " from " + least + " to " + most, least, most);
  }

  /// A whole number in a range, before it becomes what it counts.
  private record Numbers(String allowed, long least, long most) {
    <T> Kind<T> to(Function<Long, T> unit) {
      return Kind.of(allowed, text -> within(text).map(unit));
    }

    private Optional<Long> within(String text) {
      return parsed(text).filter(number -> least <= number && number <= most);
    }
  }

  private static Optional<Long> parsed(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  /// Bytes, or KiB, MiB, GiB, TiB. MB and its like are not understood: people mean both by them.
  static Kind<Long> size(long least, String most) {
    var limit = bytes(most).orElseThrow();
    return Kind.of(
        "bytes, or a number of KiB, MiB or GiB, from " + least + " to " + most,
        text -> bytes(text).filter(size -> least <= size && size <= limit));
  }

  private static Optional<Long> bytes(String text) {
    var parts = SIZE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    var shift = SHIFTS.getOrDefault(parts.group(2), 0);
    var number = Long.parseLong(parts.group(1));
    return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
  }

  static Kind<Boolean> flag() {
    return Kind.of(
        "true or false",
        text ->
            switch (text.toLowerCase(Locale.ROOT)) {
              case "true" -> Optional.of(true);
              case "false" -> Optional.of(false);
              default -> Optional.empty();
            });
  }

  /// One of an enum's constants, written in lower case.
  static <E extends Enum<E>> Kind<E> choice(List<E> options) {
    var words = options.stream().map(Kinds::word).collect(Collectors.joining(" or "));
    return Kind.of(
        words, text -> options.stream().filter(option -> word(option).equals(text)).findFirst());
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// A text that matches.
  static Kind<String> text(String allowed, Pattern pattern) {
    return Kind.of(allowed, text -> Optional.of(text).filter(t -> pattern.matcher(t).matches()));
  }

  static Kind<Secret> secret(String allowed) {
    return Kind.of(
        allowed, text -> text.isEmpty() ? Optional.empty() : Optional.of(new Secret(text)));
  }

  static Kind<Secret> masterKey() {
    return Kind.of(
        MASTER_KEY_BYTES + " bytes in base64",
        text -> Optional.of(text).filter(Kinds::isMasterKey).map(Secret::new));
  }

  private static boolean isMasterKey(String text) {
    try {
      return Base64.getDecoder().decode(text).length == MASTER_KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  static Kind<String> host() {
    return text("a host name or an address", HOST);
  }

  static Kind<Address> address() {
    return Kind.of("host:port", Kinds::address);
  }

  private static Optional<Address> address(String text) {
    var parts = ADDRESS.matcher(text);
    if (!parts.matches() || Integer.parseInt(parts.group(3)) > LARGEST_PORT) {
      return Optional.empty();
    }
    String bracketed = parts.group(1);
    var host = bracketed == null ? parts.group(2) : bracketed;
    return Optional.of(new Address(host, Integer.parseInt(parts.group(3))));
  }

  static Kind<Cidr> cidr() {
    return Kind.of("an address, or a range such as 10.0.0.0/8", Kinds::cidr);
  }

  private static Optional<Cidr> cidr(String text) {
    try {
      return Optional.of(Cidr.of(text));
    } catch (IllegalArgumentException noRange) {
      return Optional.empty();
    }
  }

  /// A web address without credentials, query or fragment, given without a `/` at its end.
  static Kind<String> url() {
    return Kind.of(
        "a URL such as https://gateway.example/v1",
        text -> web(text).map(_ -> text.replaceFirst("/+$", "")));
  }

  /// A URL with all that stands in it, tokens in its path or query included.
  static Kind<Secret> webhook() {
    return Kind.of(
        "a URL such as https://hooks.example/T0KEN",
        text ->
            uri(text)
                .filter(uri -> isWeb(uri) && uri.getRawFragment() == null)
                .map(_ -> new Secret(text)));
  }

  /// What a browser sends as `Origin`, or `*`.
  static Kind<String> origin() {
    return Kind.of(
        "an origin such as https://app.example, or *",
        text ->
            text.equals("*") ? Optional.of(text) : web(text).map(_ -> text).filter(Kinds::bare));
  }

  private static boolean bare(String url) {
    return url.chars().filter(c -> c == '/').count() == 2;
  }

  private static Optional<URI> web(String text) {
    return uri(text)
        .filter(Kinds::isWeb)
        .filter(uri -> uri.getRawQuery() == null && uri.getRawFragment() == null);
  }

  private static Optional<URI> uri(String text) {
    try {
      return Optional.of(new URI(text));
    } catch (URISyntaxException notAUrl) {
      return Optional.empty();
    }
  }

  private static boolean isWeb(URI uri) {
    @Nullable String scheme = uri.getScheme();
    var web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
    return web && uri.getHost() != null && uri.getRawUserInfo() == null;
  }

  /// A part of a whole.
  static Kind<Double> share() {
    return text("a number from 0 to 1, such as 0.05", SHARE).to(Double::valueOf);
  }

  /// Header fields with their values, which often hold a token.
  static Kind<Secret> fields() {
    return text("name=value,name=value", FIELDS).to(Secret::new);
  }

  /// A region, not a bare offset: only regions know when clocks change. To know all of them takes
  /// longer than a start has, so the usual one is known without.
  static Kind<ZoneId> zone() {
    return Kind.of(
        "a time zone such as UTC or Europe/Berlin",
        text ->
            Optional.of(text)
                .filter(name -> name.equals("UTC") || ZoneId.getAvailableZoneIds().contains(name))
                .map(ZoneId::of));
  }

  /// A map, kept as it is written; nothing is an empty map.
  static Kind<Tree.Branch> map(String allowed) {
    return new Kind<>(
        allowed,
        tree ->
            switch (tree) {
              case Tree.Branch branch -> Optional.of(branch);
              case Tree.Leaf leaf when leaf.isBlank() ->
                  Optional.of(new Tree.Branch(Map.of(), leaf.line()));
              case Tree.Leaf _, Tree.Row _ -> Optional.empty();
            });
  }
}
