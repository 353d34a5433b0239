package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.provider.Way;
import io.onebalance.provider.site.Credentials;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Message;
import java.net.http.HttpRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Providers whose keys each have a place of their own, and those that a gateway alone knows.
class ResourceOfKeyTest {
  private static final String CHAT = "/gpt-4o/chat/completions?api-version=2024-10-21";

  private final Rig rig = new Rig();
  private final List<Message> heard = new CopyOnWriteArrayList<>();
  private final List<String> down = new CopyOnWriteArrayList<>();
  private final BareServer upstream =
      new BareServer(line -> {
        while (true) {
          var request = line.hear();
          heard.add(request);
          var isDown = down.stream().anyMatch(request.target()::startsWith);
          var status = isDown ? "503 Service Unavailable" : "200 OK";
          line.say("HTTP/1.1 " + status + "\r\ncontent-length: 2\r\n\r\n{}");
        }
      });

  ResourceOfKeyTest() {
    rig.catalogue =
        rig.catalogue.with(
            Map.of(
                "azure-openai", Map.of("base-url", upstream.url() + "/{resource}"),
                "workers-ai", Map.of("base-url", upstream.url() + "/accounts/{account}/ai"),
                "fal",
                    Map.of(
                        "base-url",
                        upstream.url() + "/run",
                        "hosts",
                        Map.of("queue", upstream.url() + "/queue"))));
    for (var resource : List.of("east", "west")) {
      for (var key : List.of("key-1", "key-2", "key-3")) {
        var id = resource + "-" + key;
        rig.key("azure-openai", id, Credentials.azure(resource, id + "-0123456789").reveal(), "");
      }
    }
  }

  @AfterEach
  void close() {
    upstream.close();
    rig.close();
  }

  @Test
  @DisplayName("S12 a resource in the path is asked with its own keys, each at its own host")
  void only_keys_of_the_resource_are_asked() {
    var used = new HashMap<String, Integer>();
    for (var i = 0; i < 12; i++) {
      var sent = rig.post("/api/azure-openai/west" + CHAT, "{}");
      assertThat(sent.statusCode()).isEqualTo(200);
      used.merge(sent.headers().firstValue("x-one-balance-key").orElse(""), 1, Integer::sum);
    }
    assertThat(used).containsOnlyKeys("west-key-1", "west-key-2", "west-key-3");
    assertThat(heard)
        .allSatisfy(request -> {
          assertThat(request.target())
              .startsWith("/west/openai/deployments/gpt-4o/chat/completions?api");
          assertThat(request.field("api-key")).startsWith("west-key-");
        });
  }

  @Test
  void without_a_resource_in_the_path_every_key_goes_to_its_own() {
    for (var i = 0; i < 12; i++) {
      rig.post("/api/azure-openai/openai/v1/responses", "{\"model\":\"gpt-4o\"}");
    }
    assertThat(heard)
        .hasSize(12)
        .allSatisfy(request -> {
          var resource = request.target().split("/", -1)[1];
          assertThat(request.field("api-key")).startsWith(resource + "-key-");
          assertThat(request.target()).endsWith("/openai/v1/responses");
        })
        .extracting(request -> request.target().split("/", -1)[1])
        .contains("east", "west");
  }

  @Test
  @DisplayName("F23 a resource that fails costs no request while another serves")
  void another_resource_serves_while_one_is_down() {
    down.add("/west/");
    for (var i = 0; i < 12; i++) {
      var sent = rig.post("/api/azure-openai/openai/deployments" + CHAT, "{}");
      assertThat(sent.statusCode()).as(sent.body()).isEqualTo(200);
    }
    assertThat(heard).anySatisfy(request -> assertThat(request.target()).startsWith("/west/"));
    var named = rig.post("/api/azure-openai/west" + CHAT, "{}");
    assertThat(named.statusCode()).isEqualTo(503);
  }

  @Test
  void a_resource_that_no_key_belongs_to_is_told() {
    var sent = rig.post("/api/azure-openai/north" + CHAT, "{}");
    assertThat(sent.statusCode()).isEqualTo(503);
    assertThat(sent.body()).contains("no key of north is stored");
    assertThat(heard).isEmpty();
  }

  @Test
  @DisplayName("the deployment in the path is the model of the call")
  void a_deployment_is_the_model_that_rests() {
    var asked = rig.post("/api/azure-openai/west" + CHAT, "{}");
    assertThat(asked.statusCode()).isEqualTo(200);
    var limited =
        rig.send(
            rig.request("/api/azure-openai/west" + CHAT)
                .setHeader("authorization", "Bearer " + Rig.LIMITED_AUTH)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertThat(limited.statusCode()).isEqualTo(403);
  }

  @Test
  void an_account_comes_from_the_credential() {
    var key = "{\"account_id\":\"acc1\",\"api_token\":\"cf-token-0123456789\"}";
    rig.key("workers-ai", "w", key, "");
    rig.post("/api/workers-ai/@cf/meta/llama-3.1-8b-instruct", "{}");
    assertThat(heard.getFirst().target())
        .isEqualTo("/accounts/acc1/ai/run/@cf/meta/llama-3.1-8b-instruct");
    assertThat(heard.getFirst().field("authorization")).isEqualTo("Bearer cf-token-0123456789");
  }

  @Test
  void fals_clients_name_the_queue_in_a_field() {
    rig.key("fal", "fal-key-0123456789");
    var asked = fal("https://queue.fal.run/fal-ai/fast-sdxl?fal_webhook=x&key=" + Rig.AUTH);
    assertThat(asked).isEqualTo(200);
    assertThat(heard.getFirst().target()).isEqualTo("/queue/fal-ai/fast-sdxl?fal_webhook=x");
    assertThat(heard.getFirst().field("authorization")).isEqualTo("Key fal-key-0123456789");
    assertThat(heard.getFirst().field("x-fal-target-url")).isEmpty();
  }

  @Test
  @DisplayName("S9 a field never leads a key to another host")
  void no_field_leads_elsewhere() {
    rig.key("fal", "fal-key-0123456789");
    for (var target :
        List.of(
            upstream.url() + "/x",
            "https://queue.fal.run.evil.example/x",
            "https://fal.run/../x",
            "https://queue.fal.run/a/%2e%2e/b",
            "https://fal.run//evil.example/")) {
      assertThat(fal(target)).as(target).isEqualTo(400);
    }
    assertThat(heard).isEmpty();
  }

  @Test
  void a_custom_provider_goes_through_the_gateway_without_an_entry() {
    rig.way = new Way.Gateway(BaseUrl.parse(upstream.url() + "/v1/acct/gw"), Optional.empty());
    rig.key("custom-foo", "custom-key-0123456789");
    assertThat(rig.post("/api/custom-foo/v1/things", "{}").statusCode()).isEqualTo(200);
    assertThat(heard.getFirst().target()).isEqualTo("/v1/acct/gw/custom-foo/v1/things");
    var chat = "{\"model\":\"custom-foo/m\",\"messages\":[]}";
    assertThat(rig.post("/v1/chat/completions", chat).statusCode()).isEqualTo(200);
    assertThat(heard.getLast().target()).isEqualTo("/v1/acct/gw/custom-foo/chat/completions");
  }

  @Test
  void a_custom_provider_without_a_gateway_is_told_what_is_missing() {
    rig.key("custom-foo", "custom-key-0123456789");
    for (var sent :
        List.of(
            rig.post("/api/custom-foo/v1/things", "{}"),
            rig.post("/v1/chat/completions", "{\"model\":\"custom-foo/m\",\"messages\":[]}"))) {
      assertThat(sent.statusCode()).isEqualTo(404);
      assertThat(sent.body()).contains("unknown_provider", "AI_GATEWAY", "custom-foo.base-url");
    }
  }

  @Test
  void names_that_nobody_added_keys_for_leave_nothing_behind() {
    rig.way = new Way.Gateway(BaseUrl.parse(upstream.url()), Optional.empty());
    var sent = rig.post("/api/custom-never-seen/v1/things", "{}");
    assertThat(sent.statusCode()).isEqualTo(503);
    assertThat(sent.body()).contains("no_keys_available");
    assertThat(rig.pools.known("custom-never-seen")).isEmpty();
  }

  private int fal(String target) {
    return rig.send(
            rig.request("/api/fal")
                .header("x-fal-target-url", target)
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build())
        .statusCode();
  }
}
