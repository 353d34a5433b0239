package io.onebalance.access;

import io.onebalance.http.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// The gateway keys that a request shows, wherever clients are used to put them. Cookies are never
/// read: a browser sends them without being asked.
public final class Presented {
  /// More candidates than places to put one are not an honest client's.
  static final int MOST = 8;

  /// Longer values are no key of ours.
  static final int LONGEST = 4096;

  private static final String AUTHORIZATION = "authorization";
  private static final String PROTOCOLS = "sec-websocket-protocol";

  /// How browser clients of OpenAI, ElevenLabs and fal hand over a key, since browsers set no
  /// header on a WebSocket.
  private static final List<String> KEY_PROTOCOLS =
      List.of("openai-insecure-api-key.", "xi-api-key.", "fal-api-key.");

  /// How Deepgram's do: this word, and the key as the next subprotocol.
  private static final List<String> KEY_WORDS = List.of("token", "bearer");

  /// How a browser hands Cloudflare's gateway its token; that token is for us to set.
  private static final String GATEWAY_PROTOCOL = "cf-aig-authorization.";

  private static final List<String> SCHEMES = List.of("Bearer", "Token", "Key", "Api-Key");
  private static final List<String> KEY_FIELDS =
      List.of("x-api-key", "x-goog-api-key", "api-key", "xi-api-key");
  private static final List<String> KEY_PARAMETERS = List.of("key", "api_key");

  /// `access_token` is none of our places, but Google takes it for a credential.
  private static final Set<String> CREDENTIALS = Set.of("key", "api_key", "access_token");

  private final List<String> found = new ArrayList<>(2);

  private Presented() {}

  /// The distinct keys in a fixed order of places: `Authorization`, the providers' own fields, the
  /// query, the WebSocket subprotocols.
  public static List<String> in(Fields headers, String rawQuery) {
    var presented = new Presented();
    presented.add(withoutScheme(headers.first(AUTHORIZATION)));
    for (var field : KEY_FIELDS) {
      presented.add(headers.first(field));
    }
    presented.addParameters(rawQuery);
    presented.addProtocols(headers.first(PROTOCOLS));
    return List.copyOf(presented.found);
  }

  /// The query without the parameters that are credentials; the rest byte for byte.
  public static String withoutCredentials(String rawQuery) {
    if (!Query.any(rawQuery, (name, _) -> CREDENTIALS.contains(name))) {
      return rawQuery;
    }
    var rest = new StringJoiner("&");
    for (var start = 0; start < rawQuery.length(); ) {
      var end = Query.end(rawQuery, start);
      if (!CREDENTIALS.contains(Query.name(rawQuery, start, end))) {
        rest.add(rawQuery.substring(start, end));
      }
      start = end + 1;
    }
    return rest.toString();
  }

  /// A `Sec-WebSocket-Protocol` value without the subprotocols that carry a key; may be empty.
  public static String protocolsWithoutCredentials(String protocols) {
    var rest = new StringJoiner(", ");
    var word = "";
    for (var protocol : listed(protocols)) {
      if (!isKeyWord(word) && !isKeyWord(protocol) && !isCredential(protocol)) {
        rest.add(protocol);
      }
      word = protocol;
    }
    return rest.toString();
  }

  /// The subprotocols that may be named in an answer: those that are no key. A word that leads a
  /// key is none itself.
  public static List<String> answerableProtocols(String protocols) {
    var rest = new ArrayList<String>();
    var word = "";
    for (var protocol : listed(protocols)) {
      if (!isKeyWord(word) && !isCredential(protocol)) {
        rest.add(protocol);
      }
      word = protocol;
    }
    return rest;
  }

  private static List<String> listed(String protocols) {
    return Arrays.stream(protocols.split(",", -1))
        .map(String::strip)
        .filter(protocol -> !protocol.isEmpty())
        .toList();
  }

  private static boolean isCredential(String protocol) {
    return protocol.startsWith(GATEWAY_PROTOCOL)
        || KEY_PROTOCOLS.stream().anyMatch(protocol::startsWith);
  }

  private static boolean isKeyWord(String protocol) {
    return KEY_WORDS.contains(protocol.toLowerCase(Locale.ROOT));
  }

  private void addParameters(String rawQuery) {
    if (rawQuery.isEmpty()) {
      return;
    }
    for (var parameter : KEY_PARAMETERS) {
      Query.any(
          rawQuery,
          (name, value) -> {
            if (name.equals(parameter)) {
              add(Query.decoded(value));
            }
            return found.size() >= MOST;
          });
    }
  }

  private void addProtocols(@Nullable String protocols) {
    if (protocols == null) {
      return;
    }
    var word = "";
    for (var protocol : listed(protocols)) {
      if (isKeyWord(word)) {
        add(protocol);
      }
      for (var prefix : KEY_PROTOCOLS) {
        if (protocol.startsWith(prefix)) {
          add(protocol.substring(prefix.length()));
        }
      }
      word = protocol;
    }
  }

  private void add(@Nullable String value) {
    if (value == null || value.length() > LONGEST || found.size() >= MOST) {
      return;
    }
    var key = value.strip();
    if (!key.isEmpty() && !found.contains(key)) {
      found.add(key);
    }
  }

  /// What follows the scheme, or all of it where none of the known schemes leads.
  private static @Nullable String withoutScheme(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    var value = authorization.strip();
    for (var scheme : SCHEMES) {
      if (leads(scheme, value)) {
        return value.substring(scheme.length());
      }
    }
    return value;
  }

  private static boolean leads(String scheme, String value) {
    var length = scheme.length();
    return value.regionMatches(true, 0, scheme, 0, length)
        && (value.length() == length || Character.isWhitespace(value.charAt(length)));
  }
}
