package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.relay.plan.memory.Belongings;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// fal's queue on a real socket: a client that follows the URLs of its answers stays with us, and
/// with the key that entered the request.
class QueueUrlTest {
  private static final String ENTER = "/api/fal/queue.fal.run/fal-ai/fast-sdxl";
  private static final List<String> URLS = List.of("status_url", "response_url", "cancel_url");

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private volatile String named = "https://queue.fal.run";
  private volatile String logs = "";
  private final BareServer fal =
      new BareServer(line -> {
        while (true) {
          var asked = line.hear();
          heard.add(asked);
          line.say(answer(asked));
        }
      });

  QueueUrlTest() {
    rig.catalogue = rig.catalogue.with(Map.of("fal", Map.of("hosts", Map.of("queue", fal.url()))));
    rig.belongings = new Remembered();
    rig.keys("fal", "fal-key-a", "fal-key-b", "fal-key-c", "fal-key-d", "fal-key-e");
  }

  @AfterEach
  void close() {
    fal.close();
    rig.close();
  }

  private String answer(Message asked) {
    var app = named + "/fal-ai/fast-sdxl/requests/r-1";
    var path = asked.target().replaceFirst("[?].*", "");
    var body =
        asked.start().startsWith("POST ") || path.endsWith("/status")
            ? "{ \"status\":\"IN_QUEUE\", \"request_id\":\"r-1\",\"logs\":\"%s\",\"response_url\":\"%s\",\"status_url\":\"%s\",\"cancel_url\":\"%s\",\"metrics\":{\"status_url\":\"https://queue.fal.run/x\"}}"
                .formatted(logs, app, app.replace("/", "\\/") + "/status", app + "/cancel")
            : "{\"request_id\":\"r-2\",\"status_url\":\"https://queue.fal.run/as/the/model/said\"}";
    return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  private static String url(String name, HttpResponse<String> answer) {
    return answer.body().replaceFirst("(?s).*?\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  private HttpResponse<String> follow(String url, String method) {
    return rig.send(
        HttpRequest.newBuilder(URI.create(url))
            .header("authorization", "Key " + Rig.AUTH)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  @ParameterizedTest
  @CsvSource({"true, https", "false, http"})
  @DisplayName("S17 they lead back as safely as the client came, if a trusted proxy says how")
  void urls_lead_back_through_the_proxy(boolean trusts, String scheme) {
    rig.trusted = _ -> trusts;
    var entered =
        rig.send(
            rig.request(ENTER)
                .header("x-forwarded-proto", "http, https")
                .POST(HttpRequest.BodyPublishers.ofString("{\"prompt\":\"a cat\"}"))
                .build());
    var back = rig.url(ENTER + "/requests/r-1/status").replaceFirst("^http", scheme);
    assertThat(url("status_url", entered)).isEqualTo(back);
  }

  @ParameterizedTest
  @CsvSource({"https://queue.fal.run, 0", "'', 0", "https://queue.fal.run, 20000"})
  @DisplayName("The URLs of a queued request lead back to us and to the key that entered it")
  void urls_lead_back(String host, int length) {
    named = host.isEmpty() ? fal.url() : host;
    logs = "l".repeat(length);
    var entered = rig.post(ENTER, "{\"prompt\":\"a cat\"}");
    assertThat(entered.statusCode()).isEqualTo(200);
    var request = ENTER + "/requests/r-1";
    assertThat(url("status_url", entered)).isEqualTo(rig.url(request + "/status"));
    assertThat(url("response_url", entered)).isEqualTo(rig.url(request));
    assertThat(url("cancel_url", entered)).isEqualTo(rig.url(request + "/cancel"));
    assertThat(entered.body()).startsWith("{ \"status\":\"IN_QUEUE\", ");
    assertThat(entered.body())
        .endsWith("\"metrics\":{\"status_url\":\"https://queue.fal.run/x\"}}");

    var owner = heard.getFirst().field("authorization");
    for (var round = 0; round < 3; round++) {
      var state = follow(url("status_url", entered) + "?logs=1", "GET");
      URLS.forEach(name -> assertThat(url(name, state)).isEqualTo(url(name, entered)));
      follow(url("response_url", entered), "GET");
      follow(url("cancel_url", entered), "PUT");
    }
    assertThat(heard).hasSize(10).allMatch(asked -> owner.equals(asked.field("authorization")));
    assertThat(heard.get(1).target()).isEqualTo("/fal-ai/fast-sdxl/requests/r-1/status?logs=1");
  }

  @Test
  void a_result_is_the_models_own_and_passes_as_it_came() {
    var result = rig.get(ENTER + "/requests/r-1");
    assertThat(result.body()).contains("\"https://queue.fal.run/as/the/model/said\"");
    assertThat(rig.belongings.isEmpty()).as("nor does it make a request known").isTrue();
  }

  @Test
  void clients_that_name_the_address_in_a_field_are_led_back_too() {
    var request =
        rig.request("/api/fal")
            .header("x-fal-target-url", "https://queue.fal.run/fal-ai/fast-sdxl")
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    var entered = rig.send(request);
    assertThat(url("response_url", entered)).isEqualTo(rig.url(ENTER + "/requests/r-1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://queue.fal.run.evil.example",
        "https://evil.example",
        "https://queue.fal.run@evil.example"
      })
  void urls_that_lead_elsewhere_are_not_made_ours(String host) {
    named = host;
    var entered = rig.post(ENTER, "{}");
    assertThat(url("response_url", entered)).startsWith(host + "/");
  }

  /// A memory of what was made.
  private static final class Remembered implements Belongings {
    private final Map<String, String> keys = new ConcurrentHashMap<>();

    @Override
    public boolean isEmpty() {
      return keys.isEmpty();
    }

    @Override
    public Optional<String> keyOf(String provider, String resource) {
      return Optional.ofNullable(keys.get(provider + " " + resource));
    }

    @Override
    public void made(String provider, String resource, String keyId) {
      keys.put(provider + " " + resource, keyId);
    }
  }
}
