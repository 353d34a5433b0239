package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.http.Handshake;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// WebSockets of which one side reads slowly.
class SocketBackpressureTest {
  private static final int FRAME = 32 << 10;
  private static final int FRAMES = 2_000;

  private final Rig rig = new Rig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static byte[] frame() {
    var frame = new byte[4 + FRAME];
    frame[0] = (byte) 0x82;
    frame[1] = 126;
    frame[2] = (byte) (FRAME >> 8);
    frame[3] = (byte) FRAME;
    return frame;
  }

  private static void accept(Line line) throws IOException {
    var key = line.head().field("sec-websocket-key");
    line.say(
        "HTTP/1.1 101 Yes\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: "
            + Handshake.accept(key)
            + "\r\n\r\n");
  }

  @Test
  @DisplayName(
      "F40 a slow client holds its provider back, and misses nothing of what was sent before the"
          + " end")
  void a_slow_client() throws Exception {
    rig.keys("openai", "key-a-000000000000000000000");
    var sent = new AtomicLong();
    try (var upstream =
        new BareServer(line -> {
          accept(line);
          for (var i = 0; i < FRAMES; i++) {
            line.say(frame());
            sent.addAndGet(FRAME + 4);
          }
          line.say(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
        })) {
      rig.at("openai", upstream.url() + "/v1");
      try (var line =
          rig.line()
              .say(
                  "GET /api/openai/v1/realtime?model=m HTTP/1.1\r\n"
                      + "host: x\r\n"
                      + "upgrade: websocket\r\n"
                      + "connection: Upgrade\r\n"
                      + "sec-websocket-version: 13\r\n"
                      + "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                      + "authorization: Bearer "
                      + Rig.AUTH
                      + "\r\n\r\n")) {
        assertThat(line.head().status()).isEqualTo(101);
        line.read(1);
        Rig.until(() -> sent.get() > 0);
        assertThat(sent.get()).isLessThan((long) FRAMES * FRAME);
        var rest = line.rest();
        assertThat(rest.length).isEqualTo(FRAMES * (FRAME + 4) + 4 - 1);
      }
      rig.untilIdle("openai");
    }
  }
}
