package io.onebalance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// A provider on bare sockets that counts how often each request was asked, notes keys that are not
/// its own, and does what the dice say. A key that ends in `dead` is refused for good.
final class FaultyUpstream {
  private final String name;
  private final Supplier<FaultDice> dice;
  private final AtomicIntegerArray asked;
  final AtomicLong strangeKeys = new AtomicLong();

  /// How often a dead key was asked.
  final AtomicLong deadKeys = new AtomicLong();

  private int port;

  private FaultyUpstream(String name, Supplier<FaultDice> dice, AtomicIntegerArray asked) {
    this.name = name;
    this.dice = dice;
    this.asked = asked;
  }

  static FaultyUpstream start(
      Vertx vertx, String name, Supplier<FaultDice> dice, AtomicIntegerArray asked) {
    var upstream = new FaultyUpstream(name, dice, asked);
    var server =
        vertx
            .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0))
            .connectHandler(socket -> upstream.new Connection(socket).begin())
            .listen()
            .await();
    upstream.port = server.actualPort();
    return upstream;
  }

  String name() {
    return name;
  }

  String url() {
    return "http://127.0.0.1:" + port + "/v1";
  }

  /// The keys of this upstream begin with its name.
  static String key(String upstream, int number, boolean dead) {
    return "sk-" + upstream + "-000000000000-" + number + (dead ? "-dead" : "-good");
  }

  /// One connection; requests come one after another.
  private final class Connection {
    private final NetSocket socket;
    private Buffer read = Buffer.buffer();

    Connection(NetSocket socket) {
      this.socket = socket;
    }

    void begin() {
      socket.exceptionHandler(_ -> {});
      socket.handler(bytes -> {
        read.appendBuffer(bytes);
        var text = read.toString(ISO_8859_1);
        var head = text.indexOf("\r\n\r\n");
        if (head >= 0 && text.length() >= head + 4 + length(text)) {
          read = Buffer.buffer();
          answer(text);
        }
      });
    }

    private void answer(String text) {
      var key = after(text, "bearer ", '\r');
      if (!key.startsWith("sk-" + name + "-")) {
        strangeKeys.incrementAndGet();
      }
      var request = Integer.parseInt(after(text, "\"user\":\"r", '"'));
      var attempt = asked.incrementAndGet(request % asked.length());
      if (key.endsWith("dead")) {
        deadKeys.incrementAndGet();
        refuse(
            401,
            "{\"error\":{\"message\":\"Incorrect API key"
                + " provided\",\"type\":\"invalid_request_error\",\"code\":\"invalid_api_key\"}}");
      } else if (dice.get().poisoned(request)) {
        refuse(403, "{\"error\":{\"message\":\"Forbidden\"}}");
      } else {
        meet(dice.get().harm(request, attempt), request, attempt);
      }
    }

    private void meet(FaultDice.Harm harm, int request, int attempt) {
      var whole =
          dice.get().streamed(request) ? FaultAnswer.streamed(request) : FaultAnswer.unary(request);
      var part = whole.getBuffer(0, dice.get().bytes(request, attempt, whole.length()));
      switch (harm) {
        case NONE -> socket.write(whole);
        case LIMITED -> {
          socket.write(
              FaultAnswer.refusal(
                  429,
                  "retry-after: 1\r\n",
                  FaultAnswer.error("rate limit reached", "rate_limit_exceeded")));
        }
        case BROKEN -> refuse(500, FaultAnswer.error("the server had an error", "server_error"));
        case BUSY -> refuse(503, FaultAnswer.error("the engine is overloaded", "overloaded"));
        case CUT -> socket.write(part).onComplete(_ -> socket.close());
        case RESET -> socket.write(part).onComplete(_ -> reset());
        case GARBAGE ->
            socket
                .write("\u0001\u0002 these bytes are no answer\r\n\r\n")
                .onComplete(_ -> socket.close());
        case HUNG_UP -> socket.close();
        case SILENT -> socket.pause();
        case STALLED -> socket.write(part);
        case ERROR_IN_200 ->
            refuse(200, FaultAnswer.error("the server had an error", "server_error"));
        case MISTAKE -> refuse(400, FaultAnswer.error("no such tune", "invalid_request_error"));
      }
    }

    private void refuse(int status, String body) {
      socket.write(FaultAnswer.refusal(status, "", body));
    }

    private void reset() {
      var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      channel.close();
    }
  }

  private static int length(String text) {
    var length = after(text, "content-length: ", '\r');
    return length.isEmpty() ? 0 : Integer.parseInt(length);
  }

  /// What stands between a word, in whatever case, and a sign.
  private static String after(String text, String word, char end) {
    var at = text.toLowerCase(Locale.ROOT).indexOf(word);
    return at < 0 ? "" : text.substring(at + word.length(), text.indexOf(end, at + word.length()));
  }
}
