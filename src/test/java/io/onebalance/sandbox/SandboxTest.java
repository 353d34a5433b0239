package io.onebalance.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Heard;
import io.onebalance.sandbox.answer.Stored;
import io.onebalance.sandbox.script.Fault;
import io.onebalance.sandbox.script.Script;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

final class SandboxTest {
  private static final Stands STANDS = new Stands();

  @AfterAll
  static void end() {
    STANDS.close();
  }

  @Test
  void any_key_is_welcome_and_hears_its_words_again() throws Exception {
    var answer = STANDS.ask(STANDS.chat("whatever", "echo", false));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).contains("You said: hello", "\"finish_reason\":\"stop\"");
  }

  @Test
  void a_stream_ends_with_done() throws Exception {
    var answer = STANDS.ask(STANDS.chat("whatever", "echo", true));
    assertThat(answer.headers().firstValue("content-type"))
        .hasValue("text/event-stream; charset=utf-8");
    assertThat(answer.body()).startsWith("data: {").endsWith("data: [DONE]\n\n");
  }

  @Test
  void outcomes_come_in_order_and_the_last_one_stays() throws Exception {
    STANDS.script.key("three", Fault.dead(), Fault.limited(Duration.ofSeconds(7)), Fault.well());
    var request = STANDS.chat("three", "echo", false);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(401);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(429);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(200);
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(200);
  }

  @Test
  void odd_paths_are_refused_like_any_unknown_one() throws Exception {
    for (var path : List.of("/openai", "/openai/", "/openai/v1", "/v1", "/nowhere")) {
      var request = STANDS.to(path).header("authorization", "Bearer any").GET().build();
      assertThat(STANDS.ask(request).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void a_model_that_cannot_be_decoded_stays_as_it_is() {
    var heard = new Heard(1, Stands.NOON, "GET", "/v1/models/%zz", List.of(), new byte[0], 0);
    var ask = Ask.of(heard, Places.of(heard).orElseThrow(), new Ask.Props(new Stored(), 1));
    assertThat(ask.model()).isEqualTo("%zz");
  }

  @Test
  void only_the_address_of_an_upload_stands_for_a_key() throws Exception {
    var request = STANDS.to("/openai/v1/models?upload_id=1").GET().build();
    assertThat(STANDS.ask(request).statusCode()).isEqualTo(401);
  }

  @Test
  void several_event_loops_share_one_port() throws Exception {
    var vertx = Vertx.vertx();
    var sandbox = Sandbox.start(vertx, new Script(), InstantSource.system(), 2).await();
    for (var i = 0; i < 4; i++) {
      try (var client = HttpClient.newHttpClient()) {
        var request = HttpRequest.newBuilder(URI.create(sandbox.url() + "/static/500/x")).build();
        assertThat(client.send(request, BodyHandlers.ofString()).body()).hasSize(500);
      }
    }
    sandbox.close().await();
    vertx.close().await();
  }
}
