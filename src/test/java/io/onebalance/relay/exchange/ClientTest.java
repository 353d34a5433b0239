package io.onebalance.relay.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.key.why.Whys;
import io.onebalance.ledger.Entry;
import io.onebalance.relay.exchange.note.Drafts;
import io.onebalance.route.Endpoint;
import io.onebalance.wire.Line;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a request holds is let go of when it was charged: between the two its tokens would count
/// for nothing.
class ClientTest {
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<String> order = new LinkedBlockingQueue<>();
  private final Drafts drafts =
      new Drafts(InstantSource.system(), _ -> order.add("charged"), new Whys());

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Line begin(Consumer<Client> then) throws Exception {
    var server = vertx.createHttpServer().requestHandler(request -> then.accept(client(request)));
    var line = Line.to(server.listen(0, "127.0.0.1").await().actualPort());
    return line.say("GET /v1/models HTTP/1.1\r\nhost: x\r\n\r\n");
  }

  private Client client(HttpServerRequest request) {
    var endpoint = Endpoint.parse("GET", "/v1/models", "");
    var client = new Client(request, endpoint, drafts.begin("id", endpoint, Instant.EPOCH));
    client.holds(() -> order.add("let go"));
    return client;
  }

  private void assertOrder(String... events) throws InterruptedException {
    for (var event : events) {
      assertThat(order.poll(30, TimeUnit.SECONDS)).isEqualTo(event);
    }
    assertThat(order).isEmpty();
  }

  @Test
  void a_refused_request_is_charged_and_then_lets_go() throws Exception {
    try (var line = begin(client -> client.refuse(Refusal.failed("no")))) {
      assertThat(line.hear().status()).isEqualTo(502);
      assertOrder("charged", "let go");
    }
  }

  @Test
  void what_is_held_is_given_back_in_its_order_and_once() throws Exception {
    try (var line =
        begin(client -> {
          client.holds(() -> order.add("more"));
          client.refuse(Refusal.failed("no"));
          client.over();
        })) {
      assertThat(line.hear().status()).isEqualTo(502);
      assertOrder("charged", "let go", "more");
    }
  }

  @Test
  void a_client_that_leaves_is_charged_and_then_lets_go() throws Exception {
    var begun = new CompletableFuture<Client>();
    try (var line = begin(begun::complete)) {
      begun.get(30, TimeUnit.SECONDS);
      line.end();
      assertOrder("charged", "let go");
    }
  }

  @Test
  @DisplayName("a WebSocket whose client is gone lets go when whoever carries it has said its end")
  void a_joined_client_lets_go_when_it_is_over() throws Exception {
    var begun = new CompletableFuture<Client>();
    try (var line =
        begin(client -> {
          client.joins();
          client.departure().stops(() -> vertx.runOnContext(_ -> carriedToItsEnd(client)));
          begun.complete(client);
        })) {
      begun.get(30, TimeUnit.SECONDS);
      line.end();
      assertOrder("charged", "let go");
    }
  }

  private static void carriedToItsEnd(Client client) {
    client.ends(Entry.How.WHOLE);
    client.over();
  }
}
