package io.onebalance.provider.auth;

import io.onebalance.http.Header;
import io.onebalance.provider.credential.AwsCredential.AccessKeys;
import io.onebalance.provider.credential.GoogleCredential.ServiceAccount;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Where a key is put, or what is made of it for each request. What is made is not made here: the
/// destination says what it still needs ([Proof]).
public sealed interface Auth {
  /// `Authorization: Bearer KEY`.
  record Bearer() implements Auth {}

  /// `Authorization: WORD KEY`, as in `Token …` or `Key …`.
  record Prefix(String word) implements Auth {}

  /// A field of its own, whose value is the key.
  record InHeader(String name) implements Auth {}

  /// A query parameter.
  record InQuery(String name) implements Auth {}

  /// A signature of AWS (SigV4) for this region and service.
  record Signed(AccessKeys keys, String region, String service) implements Auth {}

  /// An access token, which Google gives at `tokens` for a service account.
  record Exchanged(ServiceAccount account, BaseUrl tokens) implements Auth {}

  /// The field that carries the key, or empty where it travels otherwise.
  default Optional<Header> header(Secret key) {
    return switch (this) {
      case Bearer() -> field("authorization", "Bearer " + key.reveal());
      case Prefix(var word) -> field("authorization", word + " " + key.reveal());
      case InHeader(var name) -> field(name, key.reveal());
      case InQuery _, Signed _, Exchanged _ -> Optional.empty();
    };
  }

  /// The query with the key added, where that is its place; else the query as it was.
  default String query(String rawQuery, Secret key) {
    return switch (this) {
      case InQuery(var name) ->
          (rawQuery.isEmpty() ? "" : rawQuery + "&") + name + "=" + encoded(key.reveal());
      case Bearer _, Prefix _, InHeader _, Signed _, Exchanged _ -> rawQuery;
    };
  }

  private static Optional<Header> field(String name, String value) {
    return Optional.of(new Header(name, value));
  }

  private static String encoded(String key) {
    if (key.chars().anyMatch(c -> c == '\r' || c == '\n' || c == 0)) {
      throw new IllegalArgumentException("a key may not contain CR, LF or NUL");
    }
    return URLEncoder.encode(key, StandardCharsets.UTF_8);
  }
}
