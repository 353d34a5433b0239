package io.onebalance.served;

import io.onebalance.Child;
import io.onebalance.simulate.policy.Dispatcher.States;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/// The real program in a process of its own, with the launcher's flags, and with the keys of a
/// scenario. Of the pretended provider it is told where it is and how long its windows last; what
/// they allow it has to find out.
final class Gateway implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String[] FLAGS = {
    "-XX:TieredStopAtLevel=4",
    "-XX:-UseSerialGC",
    "-XX:+UseG1GC",
    "-XX:+UseCompactObjectHeaders",
    "-XX:+ExitOnOutOfMemoryError",
    "-Dio.netty.jfr.enabled=false",
    "-Xmx512m",
  };

  private final Child child;
  private final String slug;

  private Gateway(Child child, String slug) {
    this.child = child;
    this.slug = slug;
  }

  static Gateway before(Sandboxed sandbox, Truth truth) throws IOException {
    var dir = Files.createTempDirectory("one-balance-served");
    Files.writeString(dir.resolve("one-balance.yaml"), settings(sandbox, truth));
    var callers = truth.scenario().demand().gatewayKeys();
    var keys = IntStream.range(0, callers).mapToObj(Gateway::auth).collect(Collectors.joining(";"));
    var child = Child.serving(dir, Map.of("AUTH_KEY", keys), FLAGS);
    var gateway = new Gateway(child, truth.scenario().provider().slug());
    gateway.add(gateway.slug, truth.keyring().keys().stream().map(Truth::text).toList());
    gateway.add(
        Clients.WARM_UP, IntStream.range(0, 20).mapToObj("AIza-warm-up-%04d"::formatted).toList());
    return gateway;
  }

  private static String settings(Sandboxed sandbox, Truth truth) {
    return """
    data-dir: data
    timeout: {wait-ms: %d}
    providers:
      %s: {base-url: '%s', windows: {minute: %ds clock, day: %ds}}
      %s: {base-url: '%s', dialect: gemini, auth: 'header:x-goog-api-key', version: v1beta}
    """
        .formatted(
            truth.patience(),
            truth.scenario().provider().slug(),
            sandbox.url() + "/gemini",
            Lens.WINDOWS.minute().toSeconds(),
            Lens.WINDOWS.day().toSeconds(),
            Clients.WARM_UP,
            sandbox.url() + "/gemini");
  }

  /// The gateway key of a caller, by its number.
  static String auth(int caller) {
    return "gateway-key-of-caller-%04d".formatted(caller);
  }

  private void add(String provider, Iterable<String> keys) {
    var answer =
        child.post("/api/keys/add/" + provider, auth(0), "text/plain", String.join("\n", keys));
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(answer.body());
    }
  }

  URI url() {
    return URI.create(child.url());
  }

  /// How the keys of the scenario stand now.
  States states() {
    var items = JSON.readTree(child.get("/api/providers", auth(0)).body()).path("items");
    for (var item : items) {
      if (item.path("slug").asString("").equals(slug)) {
        var keys = item.path("keys");
        return new States(
            keys.path("active").asInt(),
            keys.path("cooling").asInt(),
            keys.path("blocked").asInt() + keys.path("set_aside").asInt());
      }
    }
    throw new IllegalStateException("there is no provider " + slug);
  }

  @Override
  public void close() {
    child.close();
  }
}
