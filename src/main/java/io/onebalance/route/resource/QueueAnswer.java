package io.onebalance.route.resource;

import io.onebalance.route.body.JsonTokens;
import io.onebalance.route.body.JsonTokens.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/// What fal's queue says of a request that waits in it. It names by URL where the request's state,
/// its result and its end are asked for; those lead past us, to where the client has no key.
public final class QueueAnswer {
  /// Below which path of the provider the queue stands.
  public static final String QUEUE = "/queue.fal.run";

  /// The collection of what waits there.
  static final String REQUESTS = "requests";

  private static final Set<String> URLS = Set.of("status_url", "response_url", "cancel_url");

  /// What may stand in a JSON string as it is.
  private static final Pattern PLAIN = Pattern.compile("[!#-\\[\\]-~]*");

  private final byte[] json;
  private final JsonTokens tokens;
  private final Function<String, Optional<String>> lead;
  private final ByteArrayOutputStream changed = new ByteArrayOutputStream();
  private int copied;

  private QueueAnswer(byte[] json, Function<String, Optional<String>> lead) {
    this.json = json;
    this.tokens = new JsonTokens(json, 0, json.length);
    this.lead = lead;
  }

  /// Whether a path is one of the queue.
  static boolean isBelow(String path) {
    return path.startsWith(QUEUE + "/");
  }

  /// Whether a call is answered so: the entry of a request, and the question for its state. A
  /// result is the model's own words.
  public static boolean isTo(String method, String path) {
    if (!isBelow(path)) {
      return false;
    }
    return ResourcePath.in(path).isEmpty()
        ? method.equals("POST")
        : method.equals("GET") && path.endsWith("/status");
  }

  /// The same with other URLs, byte for byte in all else; `lead` gives none for one that is to
  /// stay. What is no JSON to its end stays as it is.
  public static byte[] ledBack(byte[] json, Function<String, Optional<String>> lead) {
    return new QueueAnswer(json, lead).read();
  }

  private byte[] read() {
    for (var kind = tokens.next(); kind != Kind.END; kind = tokens.next()) {
      if (kind == Kind.NAME && tokens.depth() == 1 && isUrl()) {
        kind = tokens.next();
        if (kind == Kind.STRING) {
          replace();
        }
      }
      if (kind == Kind.BROKEN || kind == Kind.EXCESSIVE) {
        return json;
      }
    }
    changed.write(json, copied, json.length - copied);
    return changed.toByteArray();
  }

  private boolean isUrl() {
    return tokens.text().filter(URLS::contains).isPresent();
  }

  private void replace() {
    var other =
        tokens.text().flatMap(lead).filter(url -> PLAIN.matcher(url).matches()).orElse(null);
    if (other != null) {
      changed.write(json, copied, tokens.start() - copied);
      changed.writeBytes(("\"" + other + "\"").getBytes(StandardCharsets.US_ASCII));
      copied = tokens.end();
    }
  }
}
