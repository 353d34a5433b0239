package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.access.Presented;
import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gateway keys as clients present them. The first line is the query, the second the subprotocols
/// of a WebSocket, the others are the values of the fields that may carry a key, in their order.
///
/// None of them goes upstream, and all else of the query and the subprotocols does as it was (S12).
final class Credentials implements Target {
  private static final List<String> FIELDS =
      List.of("authorization", "x-api-key", "x-goog-api-key", "api-key", "xi-api-key");
  private static final Set<String> NAMES = Set.of("key", "api_key", "access_token");

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var query = parts.line();
    var protocols = parts.line();
    var fields = new HashMap<>(Map.of("sec-websocket-protocol", protocols));
    FIELDS.forEach(name -> fields.put(name, parts.line()));
    checkPresented(Presented.in(Given.fields(fields), query));
    checkQuery(query);
    checkProtocols(protocols);
  }

  private static void checkPresented(List<String> keys) {
    assertThat(keys).hasSizeLessThanOrEqualTo(8).doesNotHaveDuplicates();
    assertThat(keys)
        .allSatisfy(key -> {
          assertThat(key).isNotEmpty().hasSizeLessThanOrEqualTo(4096);
          assertThat(key.strip()).isEqualTo(key);
        });
  }

  private static void checkQuery(String query) {
    var rest = Presented.withoutCredentials(query);
    assertThat(Presented.withoutCredentials(rest)).isEqualTo(rest);
    var kept = pairs(query).stream().filter(pair -> !NAMES.contains(name(pair))).toList();
    assertThat(pairs(rest)).isEqualTo(kept);
    switch (ModelFinder.inQuery(query)) {
      case Found.Named named ->
          assertThat(query.substring(named.at().from(), named.at().to())).isNotEmpty();
      case Found.Nameless _, Found.Foreign _, Found.Refused _ -> {
        // Nothing that could be misread.
      }
    }
  }

  private static void checkProtocols(String protocols) {
    var rest = Presented.protocolsWithoutCredentials(protocols);
    assertThat(Presented.protocolsWithoutCredentials(rest)).isEqualTo(rest);
    assertThat(rest.split(", ", -1))
        .noneMatch(one -> one.startsWith("openai-insecure-api-key."))
        .noneMatch(one -> one.startsWith("cf-aig-authorization."));
  }

  private static List<String> pairs(String query) {
    return Arrays.stream(query.split("&", -1)).filter(pair -> !pair.isEmpty()).toList();
  }

  /// The name, decoded by a reader of its own.
  private static String name(String pair) {
    var name = pair.split("=", 2)[0].getBytes(StandardCharsets.ISO_8859_1);
    var text = new StringBuilder();
    for (var i = 0; i < name.length; i++) {
      var escape = new String(name, i, Math.min(3, name.length - i), StandardCharsets.ISO_8859_1);
      if (escape.matches("%[0-9a-fA-F]{2}")) {
        text.append((char) Integer.parseInt(escape.substring(1), 16));
        i += 2;
      } else {
        text.append((char) (name[i] & 0xFF));
      }
    }
    return text.toString();
  }
}
