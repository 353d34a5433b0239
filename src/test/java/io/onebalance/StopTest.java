package io.onebalance;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// How the program stops while it is at work.
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals")
class StopTest {
  private static final int STREAMS = 500;

  @TempDir Path dir;
  private FarProvider provider;

  @BeforeEach
  void open() {
    provider = new FarProvider();
  }

  @AfterEach
  void close() {
    provider.close();
  }

  private Child serving(String settings) {
    provider.settings(dir, settings);
    var child = Child.serving(dir, Map.of());
    FarProvider.add(child, FarProvider.SLOW);
    return child;
  }

  @Test
  @DisplayName("F69 SIGTERM with 500 streams: not ready, and every stream finishes")
  void stops_under_five_hundred_streams() throws Exception {
    try (var child = serving("")) {
      var streams = begin(child, STREAMS);
      child.signal("TERM");
      child.awaitNotReady();
      provider.gate.open();
      for (var stream : streams) {
        var told = FarProvider.told(stream);
        assertThat(told.whole()).isTrue();
        assertThat(told.text()).contains("data: [DONE]");
      }
      assertThat(child.exit()).isZero();
    }
  }

  private static List<HttpResponse<InputStream>> begin(Child child, int count) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var begun = new ArrayList<Callable<HttpResponse<InputStream>>>();
      for (var i = 0; i < count; i++) {
        begun.add(() -> FarProvider.begun(child));
      }
      return threads.invokeAll(begun).stream().map(Future::resultNow).toList();
    }
  }

  @Test
  @DisplayName("F70 a second SIGTERM stops at once; streams get an error event and no clean end")
  void tells_its_streams_when_told_twice() throws Exception {
    try (var child = serving("")) {
      var streams = begin(child, 5);
      child.signal("TERM");
      child.awaitNotReady();
      child.signal("TERM");
      assertTold(streams);
      assertThat(child.exit()).isZero();
    }
  }

  @Test
  @DisplayName("F70 at the drain limit streams get an error event and no clean end")
  void tells_its_streams_at_the_limit() throws Exception {
    try (var child = serving("drain-ms: 300")) {
      var streams = begin(child, 5);
      child.signal("TERM");
      assertTold(streams);
      assertThat(child.exit()).isZero();
    }
  }

  private static void assertTold(List<HttpResponse<InputStream>> streams) {
    assertThat(streams)
        .map(FarProvider::told)
        .allSatisfy(told -> {
          assertThat(told.whole()).isFalse();
          assertThat(told.text())
              .contains("data: {\"error\":{")
              .contains("this server is stopping")
              .endsWith("\n\n");
        });
  }

  /// As fast as it can be asked; how long it takes on a quiet machine is no test's matter.
  @Test
  @DisplayName("P15 the first question after SIGTERM is answered with not ready, soon")
  void is_not_ready_soon() {
    try (var child = serving("drain-pause-ms: 600000")) {
      child.awaitReadiness("ready");
      child.signal("TERM");
      var began = System.nanoTime();
      child.awaitReadiness("not ready: draining");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  @DisplayName("P15 not ready from SIGTERM on, while requests are taken for the pause that is set")
  void takes_requests_until_the_balancer_has_seen_it() throws IOException {
    try (var child = serving("drain-pause-ms: 600000")) {
      child.signal("TERM");
      child.awaitReadiness("not ready: draining");
      var answer = askedOn(URI.create(child.url()).getPort());
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.field("connection")).isEqualTo("close");
      child.signal("TERM");
      assertThat(child.exit()).isZero();
    }
  }

  private static Message askedOn(int port) throws IOException {
    var body = FarProvider.chat("sandbox/echo", false);
    try (var line = Line.to(port)) {
      return line.say(
              "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\nauthorization: Bearer "
                  + FarProvider.AUTH
                  + "\r\ncontent-type: application/json\r\ncontent-length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body)
          .hear();
    }
  }
}
