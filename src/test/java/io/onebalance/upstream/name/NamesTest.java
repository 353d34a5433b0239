package io.onebalance.upstream.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.onebalance.http.Origin;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final Origin PUBLIC = new Origin(true, "api.provider.test", 443);
  private static final Origin OWN = new Origin(false, "models.home.test", 8080, true);

  private final Vertx vertx = Vertx.vertx();

  /// Those of all names here; a single one, so that whatever was asked before is known.
  private final WorkerExecutor threads = vertx.createSharedWorkerExecutor("names-of-origins", 1);

  private final AtomicInteger questions = new AtomicInteger();
  private final Semaphore heard = new Semaphore(0);
  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private volatile List<String> answer = List.of("1.1.1.1");
  private final Names names = new Names(vertx, this::resolve, () -> now);
  private final io.vertx.core.Context loop = vertx.getOrCreateContext();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private List<InetAddress> resolve(String host) throws IOException {
    questions.incrementAndGet();
    heard.release();
    if (answer.isEmpty()) {
      throw new UnknownHostException(host);
    }
    var all = new ArrayList<InetAddress>();
    for (var text : answer) {
      all.add(InetAddress.getByName(text));
    }
    return all;
  }

  private String address(Origin origin) throws Exception {
    return on(() -> names.of(origin)).server().host();
  }

  private <T> T on(java.util.function.Supplier<Future<T>> work) throws Exception {
    var done = new CompletableFuture<T>();
    loop.runOnContext(_ -> work.get().onComplete(done::complete, done::completeExceptionally));
    return done.get(30, TimeUnit.SECONDS);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  /// Waits until the answers to all questions have been learnt.
  private void untilLearnt(int count) throws Exception {
    assertThat(heard.tryAcquire(count, 30, TimeUnit.SECONDS)).isTrue();
    heard.release(count);
    threads.executeBlocking(() -> true).await();
    on(() -> Future.succeededFuture(true));
  }

  @Test
  @DisplayName("F28 names that answer slowly hold up no other work")
  void threads_of_their_own() throws Exception {
    var silence = new CountDownLatch(1);
    var slow =
        new Names(
            vertx,
            host -> {
              try {
                silence.await();
              } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
              }
              return resolve(host);
            },
            () -> now);
    loop.runOnContext(_ -> {
      for (var i = 0; i < 50; i++) {
        slow.of(new Origin(true, "slow-" + i + ".provider.test", 443));
      }
    });
    assertThat(on(() -> vertx.executeBlocking(() -> "done", false))).isEqualTo("done");
    silence.countDown();
  }

  @Test
  void a_fresh_answer_is_not_asked_for_again() throws Exception {
    assertThat(address(PUBLIC)).isEqualTo("1.1.1.1");
    pass(Names.FRESH.minusMillis(1));
    assertThat(address(PUBLIC)).isEqualTo("1.1.1.1");
    assertThat(questions).hasValue(1);
  }

  @Test
  void an_older_one_is_used_and_asked_for_again_in_the_background() throws Exception {
    address(PUBLIC);
    answer = List.of("2.2.2.2");
    pass(Names.FRESH);
    assertThat(address(PUBLIC)).isEqualTo("1.1.1.1");
    untilLearnt(2);
    assertThat(address(PUBLIC)).isEqualTo("2.2.2.2");
    assertThat(questions).hasValue(2);
  }

  @Test
  @DisplayName("F28 DNS failure: the last good address for five minutes, then none")
  void the_last_good_address() throws Exception {
    address(PUBLIC);
    answer = List.of();
    pass(Names.LAST_GOOD);
    assertThat(address(PUBLIC)).isEqualTo("1.1.1.1");
    untilLearnt(2);
    assertThat(address(PUBLIC)).isEqualTo("1.1.1.1");
    untilLearnt(3);
    pass(Duration.ofMillis(1));
    assertThatThrownBy(() -> address(PUBLIC)).hasRootCauseInstanceOf(UnknownHostException.class);
    answer = List.of("3.3.3.3");
    assertThat(address(PUBLIC)).isEqualTo("3.3.3.3");
  }

  @Test
  @DisplayName("F28 a name that was never found fails at once, and is found once it is there")
  void a_name_that_was_never_found() throws Exception {
    answer = List.of();
    assertThatThrownBy(() -> address(PUBLIC)).hasRootCauseInstanceOf(UnknownHostException.class);
    answer = List.of("3.3.3.3");
    assertThat(address(PUBLIC)).isEqualTo("3.3.3.3");
  }

  @Test
  @DisplayName("F29 a private address is refused for a public name, also beside a public one")
  void a_private_address_for_a_public_name() throws Exception {
    answer = List.of("10.0.0.7", "169.254.169.254", "::1");
    assertThatThrownBy(() -> address(PUBLIC)).rootCause().hasMessageContaining("private network");
    answer = List.of("10.0.0.7", "2.2.2.2");
    assertThat(address(PUBLIC)).isEqualTo("2.2.2.2");
  }

  @Test
  @DisplayName("F29 the operator's own name may stand for a private address, not a link-local one")
  void the_operators_own_name() throws Exception {
    answer = List.of("169.254.169.254", "192.168.1.20");
    assertThat(address(OWN)).isEqualTo("192.168.1.20");
    pass(Duration.ofDays(1));
    answer = List.of("169.254.169.254");
    assertThatThrownBy(() -> address(OWN)).rootCause().hasMessageContaining("not allowed");
  }

  @Test
  void what_is_written_as_an_address_is_taken_as_it_is() throws Exception {
    assertThat(address(new Origin(false, "127.0.0.1", 80))).isEqualTo("127.0.0.1");
    assertThat(address(new Origin(false, "::1", 80))).isEqualTo("::1");
    assertThat(questions).hasValue(0);
  }

  @Test
  @DisplayName("F1 where nobody is met, the next address of the name is tried")
  void the_next_address() throws Exception {
    answer = List.of("1.1.1.1", "2.2.2.2");
    var first = on(() -> names.of(PUBLIC));
    on(() -> {
      names.nobodyAt(PUBLIC, first);
      names.nobodyAt(PUBLIC, first); // told by another request on its way
      return Future.succeededFuture(true);
    });
    assertThat(address(PUBLIC)).isEqualTo("2.2.2.2");
    pass(Names.FRESH);
    address(PUBLIC);
    untilLearnt(2);
    assertThat(address(PUBLIC)).as("the one in use stays in use").isEqualTo("2.2.2.2");
  }

  @Test
  @DisplayName("clients name deployments and regions: of too many names the oldest is forgotten")
  void names_without_end_do_not_fill_the_memory() throws Exception {
    address(PUBLIC);
    for (var number = 0; number < Names.MOST; number++) {
      address(new Origin(true, "model-" + number + ".provider.test", 443));
    }
    assertThat(questions).hasValue(1 + Names.MOST);
    address(new Origin(true, "model-1.provider.test", 443));
    assertThat(questions).as("one of the last is remembered").hasValue(1 + Names.MOST);
    address(PUBLIC);
    assertThat(questions).as("the first is asked for again").hasValue(2 + Names.MOST);
  }

  @Test
  void a_clock_that_went_back_makes_nothing_fresh() throws Exception {
    address(PUBLIC);
    pass(Duration.ofDays(-1));
    answer = List.of("2.2.2.2");
    assertThat(address(PUBLIC)).isEqualTo("2.2.2.2");
  }
}
