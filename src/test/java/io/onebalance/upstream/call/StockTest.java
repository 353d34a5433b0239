package io.onebalance.upstream.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.upstream.Wheel;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Ports;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StockTest {
  private static final Duration KEEPING = Duration.ofSeconds(1);

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final HttpClientAgent client = vertx.createHttpClient();
  private final AtomicReference<Runnable> turn = new AtomicReference<>(() -> {});
  private final Wheel wheel =
      new Wheel((_, turning) -> {
        turn.set(turning);
        return () -> {};
      });
  private final AtomicInteger emptied = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private Stock stock(int port, int most) {
    var to = new HttpConnectOptions().setHost("127.0.0.1").setPort(port);
    return new Stock(
        () -> client.connect(to), KEEPING, most, wheel, _ -> emptied.incrementAndGet());
  }

  private <T> T onLoop(Supplier<T> work) {
    var done = new CompletableFuture<T>();
    loop.runOnContext(_ -> done.complete(work.get()));
    return done.join();
  }

  private Future<HttpClientRequest> ask(Stock stock, BooleanSupplier gone) {
    var options = new RequestOptions().setMethod(HttpMethod.GET).setURI("/");
    return onLoop(() -> stock.request(options, gone));
  }

  private HttpClientRequest asked(Stock stock) {
    return ask(stock, () -> false).await();
  }

  /// The text of an answer that is read to its end.
  private String read(HttpClientRequest request) {
    return onLoop(() -> request.send().compose(HttpClientResponse::body)).await().toString();
  }

  private static void answer(Line line) throws IOException {
    while (true) {
      line.hear();
      line.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
    }
  }

  private static void answerOnce(Line line) throws IOException {
    line.hear();
    line.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nOK");
    line.rest();
  }

  @Test
  void a_connection_is_used_again_once_its_answer_was_read() {
    try (var server = new BareServer(StockTest::answer)) {
      var stock = stock(server.port(), 10);
      for (var i = 0; i < 5; i++) {
        assertThat(read(asked(stock))).isEqualTo("OK");
      }
      assertThat(server.met()).isEqualTo(1);
    }
  }

  @Test
  void requests_at_once_have_connections_of_their_own_and_the_last_used_is_taken_first() {
    try (var server = new BareServer(StockTest::answer)) {
      var stock = stock(server.port(), 10);
      var one = asked(stock);
      var other = asked(stock);
      assertThat(one.connection()).isNotSameAs(other.connection());
      read(other);
      read(one);
      assertThat(asked(stock).connection()).isSameAs(one.connection());
      assertThat(asked(stock).connection()).isSameAs(other.connection());
      assertThat(server.met()).isEqualTo(2);
    }
  }

  @Test
  void beyond_the_most_requests_wait_in_their_order_and_who_is_gone_is_passed_over() {
    try (var server = new BareServer(StockTest::answer)) {
      var stock = stock(server.port(), 1);
      var first = asked(stock);
      var left = new AtomicBoolean();
      var second = onLoop(() -> stock.request(new RequestOptions(), left::get));
      assertThat(second.isComplete()).isFalse();
      left.set(true);
      read(first);
      assertThat(second.isComplete()).isFalse();

      var third = asked(stock);
      assertThat(third.connection()).isSameAs(first.connection());
      var fourth = ask(stock, () -> false);
      assertThat(fourth.isComplete()).isFalse();
      read(third);
      assertThat(read(fourth.await())).isEqualTo("OK");
      assertThat(server.met()).isEqualTo(1);
    }
  }

  @Test
  void waiters_are_served_first_come_first_served() {
    try (var server = new BareServer(StockTest::answer)) {
      var stock = stock(server.port(), 3);
      var open = List.of(asked(stock), asked(stock), asked(stock));
      var order = new ArrayList<Integer>();
      var all = new ArrayList<Future<String>>();
      for (var i = 0; i < 3; i++) {
        var number = i;
        all.add(
            ask(stock, () -> false)
                .compose(request -> {
                  order.add(number);
                  return request.send().compose(HttpClientResponse::body).map(Object::toString);
                }));
      }
      open.forEach(this::read);
      assertThat(Future.all(all).await().<String>list()).containsOnly("OK");
      assertThat(onLoop(() -> List.copyOf(order))).containsExactly(0, 1, 2);
    }
  }

  @Test
  void beyond_as_many_waiters_a_request_is_told_that_there_is_no_room() {
    try (var server = new BareServer(StockTest::answer)) {
      var stock = stock(server.port(), 1);
      asked(stock);
      ask(stock, () -> false);
      assertThat(ask(stock, () -> false).cause())
          .isInstanceOf(ConnectionPoolTooBusyException.class);
    }
  }

  @Test
  void whoever_is_gone_when_the_connection_stands_leaves_it_to_the_next() {
    try (var server = new BareServer(StockTest::answer)) {
      var stock = stock(server.port(), 1);
      var gone = ask(stock, () -> true);
      assertThat(read(asked(stock))).isEqualTo("OK");
      assertThat(gone.isComplete()).isFalse();
      assertThat(server.met()).isEqualTo(1);
    }
  }

  @Test
  void an_answer_that_is_reset_closes_its_connection_and_whoever_waits_gets_a_fresh_one() {
    BareServer.Manners begins =
        line -> {
          line.hear();
          line.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nand no more");
          line.rest();
        };
    try (var server = new BareServer(begins, StockTest::answer)) {
      var stock = stock(server.port(), 1);
      var first = asked(stock);
      onLoop(first::send).await().pause();
      var second = ask(stock, () -> false);
      assertThat(second.isComplete()).isFalse();
      onLoop(first::reset);
      assertThat(read(second.await())).isEqualTo("OK");
      assertThat(server.met()).isEqualTo(2);
    }
  }

  @Test
  void a_connection_that_the_server_ends_with_its_answer_is_not_used_again() {
    try (var server = new BareServer(StockTest::answerOnce)) {
      var stock = stock(server.port(), 1);
      var first = asked(stock);
      var second = ask(stock, () -> false);
      read(first);
      assertThat(read(second.await())).isEqualTo("OK");
      assertThat(read(asked(stock))).isEqualTo("OK");
      assertThat(server.met()).isEqualTo(3);
    }
  }

  @Test
  void one_that_the_server_closes_while_it_is_idle_is_forgotten() throws Exception {
    var closing = new CountDownLatch(1);
    BareServer.Manners closes =
        line -> {
          line.hear();
          line.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK");
          await(closing);
        };
    try (var server = new BareServer(closes, StockTest::answer)) {
      var stock = stock(server.port(), 1);
      var first = asked(stock);
      var closed = new CountDownLatch(1);
      onLoop(() -> first.connection().closeHandler(_ -> closed.countDown()));
      read(first);
      closing.countDown();
      assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(onLoop(emptied::get)).isEqualTo(1);
      assertThat(read(asked(stock))).isEqualTo("OK");
      assertThat(server.met()).isEqualTo(2);
    }
  }

  @Test
  void what_is_idle_for_too_long_is_closed_and_what_is_younger_stays() throws Exception {
    var ended = new CountDownLatch(1);
    BareServer.Manners counted =
        line -> {
          try {
            answer(line);
          } finally {
            ended.countDown();
          }
        };
    try (var server = new BareServer(counted)) {
      var stock = stock(server.port(), 10);
      var old = asked(stock);
      var young = asked(stock);
      read(old);
      turn(KEEPING.dividedBy(2));
      read(young);
      turn(KEEPING.dividedBy(2).plusMillis(100));
      assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(asked(stock).connection()).isSameAs(young.connection());
      assertThat(emptied).hasValue(0);
      assertThat(server.met()).isEqualTo(2);
    }
  }

  @Test
  void one_that_is_never_asked_is_told_to_be_empty_in_the_end() {
    try (var server = new BareServer(StockTest::answer)) {
      stock(server.port(), 10);
      turn(KEEPING.plusMillis(100));
      assertThat(onLoop(emptied::get)).isEqualTo(1);
      assertThat(server.met()).isZero();
    }
  }

  @Test
  void whoever_left_gives_up_its_place_among_those_who_wait() {
    try (var server = new BareServer(StockTest::answer)) {
      var stock = stock(server.port(), 1);
      var first = asked(stock);
      var left = new AtomicBoolean();
      onLoop(() -> stock.request(new RequestOptions(), left::get));
      left.set(true);
      turn(Duration.ofMillis(1_100));
      var next = ask(stock, () -> false);
      assertThat(next.isComplete()).isFalse();
      read(first);
      assertThat(read(next.await())).isEqualTo("OK");
    }
  }

  private void turn(Duration time) {
    for (var passed = 0L; passed < time.toMillis(); passed += 25) {
      onLoop(() -> {
        turn.get().run();
        return true;
      });
    }
  }

  @Test
  void a_connection_that_can_not_be_made_fails_its_request_and_leaves_nothing_behind() {
    var stock = stock(Ports.free(), 1);
    for (var i = 1; i < 4; i++) {
      assertThatThrownBy(() -> asked(stock)).hasMessageContaining("refused");
      assertThat(onLoop(emptied::get)).isEqualTo(i);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
