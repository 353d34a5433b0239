package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.route.Leg;
import io.onebalance.route.VirtualModels;
import io.onebalance.sandbox.Asked;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Gate;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which models there are, for whom, and in which words.
class ModelListTest {
  private static final String GEMINI = "gemini-key-0000000000000000";
  private static final String OPENAI = "openai-key-0000000000000000";

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void every_provider_with_keys_tells_its_models_and_virtual_ones_come_first() {
    rig.virtualModels =
        new VirtualModels(
            Map.of(
                "fast", List.of(new Leg("openai", "gpt-4o-mini", 0)),
                "claude-*", List.of(new Leg("openai", "gpt-4o", 0))));
    rig.keys("openai", OPENAI);
    rig.keys("google-ai-studio", GEMINI);
    var ids = ids(rig.get("/v1/models"), "data", "id");
    assertThat(ids.getFirst()).isEqualTo("fast");
    assertThat(ids).contains("openai/gpt-4o-mini", "google-ai-studio/gemini-2.5-flash");
    assertThat(ids).noneMatch(id -> id.startsWith("anthropic/") || id.contains("*"));
    assertThat(rig.sandbox.seen().all())
        .extracting(Asked::key)
        .containsExactlyInAnyOrder(OPENAI, GEMINI);
  }

  @Test
  void a_list_is_asked_for_once_in_a_while() {
    rig.keys("openai", OPENAI);
    rig.get("/v1/models");
    rig.get("/api/compat/models");
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  void those_who_come_while_a_list_is_asked_for_share_it() {
    var gate = new Gate();
    rig.keys("openai", OPENAI);
    rig.script.key(OPENAI, new Fault.Hangs(gate));
    var asked =
        IntStream.range(0, 20)
            .mapToObj(_ ->
                rig.http.sendAsync(
                    rig.request("/v1/models").GET().build(), HttpResponse.BodyHandlers.ofString()))
            .toList();
    Rig.until(() -> rig.underWay.all() == 20 && rig.sandbox.seen().count() > 0);
    gate.open();
    for (var one : asked) {
      assertThat(ids(one.join(), "data", "id")).contains("openai/gpt-4o-mini");
    }
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
    assertThat(rig.pools.of("openai").inFlight()).isZero();
  }

  @Test
  void whoever_leaves_does_not_end_what_others_wait_for() throws IOException {
    var gate = new Gate();
    rig.keys("openai", OPENAI);
    rig.script.key(OPENAI, new Fault.Hangs(gate));
    var first = rig.line();
    first.say(
        "GET /v1/models HTTP/1.1\r\nhost: x\r\nauthorization: Bearer " + Rig.AUTH + "\r\n\r\n");
    Rig.until(() -> rig.sandbox.seen().count() == 1);
    var second =
        rig.http.sendAsync(
            rig.request("/v1/models").GET().build(), HttpResponse.BodyHandlers.ofString());
    Rig.until(() -> rig.underWay.all() == 2);
    first.close();
    Rig.until(() -> rig.underWay.all() == 1);
    gate.open();
    assertThat(ids(second.join(), "data", "id")).contains("openai/gpt-4o-mini");
    assertThat(rig.sandbox.seen().count()).isEqualTo(1);
  }

  @Test
  void a_provider_that_fails_is_shown_as_the_catalogue_knows_it() {
    rig.keys("openai", OPENAI);
    rig.script.key(OPENAI, Fault.broken());
    var ids = ids(rig.get("/v1/models"), "data", "id");
    assertThat(ids).isNotEmpty().allMatch(id -> id.startsWith("openai/"));
  }

  @Test
  void each_sdk_reads_the_list_in_its_own_shape() {
    rig.keys("openai", OPENAI);
    var anthropic =
        rig.send(
            rig.request("/v1/models?limit=1000").header("anthropic-version", "2023-06-01").build());
    assertThat(new JsonObject(anthropic.body()).getBoolean("has_more")).isFalse();
    assertThat(
            new JsonObject(anthropic.body())
                .getJsonArray("data")
                .getJsonObject(0)
                .getString("type"))
        .isEqualTo("model");
    var google = ids(rig.get("/v1beta/models"), "models", "name");
    assertThat(google).isNotEmpty().allMatch(name -> name.startsWith("models/openai/"));
  }

  @Test
  void a_restricted_caller_sees_what_it_may_use() {
    rig.limitedTo = "openai,gpt-4o-mini";
    rig.keys("openai", OPENAI);
    rig.keys("google-ai-studio", GEMINI);
    var asked =
        rig.request("/v1/models").setHeader("authorization", "Bearer " + Rig.LIMITED_AUTH).build();
    assertThat(ids(rig.send(asked), "data", "id")).containsExactly("openai/gpt-4o-mini");
  }

  @Test
  void one_model_is_told_by_its_name_also_a_bare_one() {
    rig.keys("openai", OPENAI);
    var full = new JsonObject(rig.get("/v1/models/openai/gpt-4o-mini").body());
    assertThat(full.getString("id")).isEqualTo("openai/gpt-4o-mini");
    var bare = new JsonObject(rig.get("/v1/models/gpt-4o-mini").body());
    assertThat(bare).isEqualTo(full);
    var unknown = rig.get("/v1/models/nobody/knows-this");
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("model_not_found", "nobody/knows-this");
  }

  private static List<String> ids(HttpResponse<String> answer, String list, String name) {
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonArray entries = new JsonObject(answer.body()).getJsonArray(list);
    return entries.stream().map(entry -> ((JsonObject) entry).getString(name)).toList();
  }
}
