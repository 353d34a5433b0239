package io.onebalance.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.onebalance.http.Handshake;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.provider.url.BaseUrl;
import io.onebalance.secret.Secret;
import io.onebalance.wire.BareServer;
import io.onebalance.wire.Line;
import io.onebalance.wire.Message;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A rig for WebSockets: a provider on a bare socket, and clients with manners and without.
final class SocketRig implements AutoCloseable {
  static final String A = "key-a-000000000000000000000";
  static final String B = "key-b-000000000000000000000";
  static final String TOKEN = "gateway-token-0123456789abcdef";
  static final String REALTIME = "/api/openai/v1/realtime?model=gpt-4o-mini";
  static final String LIVE =
      "/api/google-ai-studio/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent";

  final Rig rig = new Rig();

  /// The last handshake that the provider accepted.
  final AtomicReference<Message> asked = new AtomicReference<>();

  /// What the provider heard after it accepted, up to the end; where it was made to listen.
  final CompletableFuture<byte[]> heard = new CompletableFuture<>();

  private Optional<BareServer> upstream = Optional.empty();

  /// Key A, and a provider with these manners.
  SocketRig openai(BareServer.Manners... manners) {
    rig.keys("openai", A);
    rig.at("openai", serve(new BareServer(manners)).url() + "/v1");
    return this;
  }

  /// These keys, and a Cloudflare gateway with these manners.
  void gateway(String provider, List<String> keys, BareServer.Manners manners) {
    rig.keys(provider, keys.toArray(String[]::new));
    rig.catalogue = Catalogue.builtIn();
    rig.way =
        new Way.Gateway(
            BaseUrl.parse(serve(new BareServer(manners)).url() + "/v1/acct/gw"),
            Optional.of(new Secret(TOKEN)));
  }

  BareServer serve(BareServer server) {
    upstream = Optional.of(server);
    return server;
  }

  BareServer upstream() {
    return upstream.orElseThrow();
  }

  /// Accepts a WebSocket, and chooses no subprotocol.
  void accept(Line line) throws IOException {
    accept(line, "");
  }

  void accept(Line line, String more) throws IOException {
    line.say(acceptance(line.head(), more));
  }

  private String acceptance(Message head, String more) {
    asked.set(head);
    return "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n"
        + "x-ratelimit-limit-requests: 5\r\nsec-websocket-accept: "
        + Handshake.accept(head.field("sec-websocket-key"))
        + "\r\n"
        + more
        + "\r\n";
  }

  /// Accepts, says this and goes, all at once.
  BareServer.Manners parting(byte... frames) {
    return line -> {
      var accepting = acceptance(line.head(), "");
      line.say(accepting + new String(frames, ISO_8859_1));
    };
  }

  /// Accepts, says this and listens to the end.
  BareServer.Manners saying(byte... frames) {
    return line -> {
      accept(line);
      line.say(frames);
      heard.complete(line.rest());
    };
  }

  static BareServer.Manners refusing(int status, String body) {
    return line -> {
      line.head();
      line.say(
          "HTTP/1.1 "
              + status
              + " No\r\ncontent-type: application/json\r\ncontent-length: "
              + body.length()
              + "\r\n\r\n"
              + body);
    };
  }

  /// Sends every frame of a client's back, unmasked, until it closes. Frames are short.
  void echo(Line line) throws IOException {
    accept(line);
    for (var head = line.read(2); head.length == 2; head = line.read(2)) {
      var length = head[1] & 0x7f;
      var mask = line.read(4);
      var payload = line.read(length);
      for (var i = 0; i < length; i++) {
        payload[i] ^= mask[i % 4];
      }
      line.say(new byte[] {head[0], (byte) length}).say(payload);
      if ((head[0] & 0x0f) == 8) {
        return;
      }
    }
  }

  Talk open() throws Exception {
    return open(REALTIME, Rig.AUTH);
  }

  Talk open(String path, String key) throws Exception {
    var talk = new Talk();
    rig.http
        .newWebSocketBuilder()
        .header("authorization", "Bearer " + key)
        .buildAsync(URI.create("ws://127.0.0.1:" + rig.port() + path), talk)
        .get(30, TimeUnit.SECONDS);
    return talk;
  }

  /// A handshake on a bare socket, with the gateway key and more fields.
  Line shake(String... fields) throws IOException {
    return shakeAt(REALTIME, "authorization: Bearer " + Rig.AUTH, String.join("\r\n", fields));
  }

  /// A handshake on a bare socket that takes in only so many bytes before its reader reads.
  Line shakeNarrow(int bytes) throws IOException {
    return shakeOn(Line.narrow(rig.port(), bytes), REALTIME, "authorization: Bearer " + Rig.AUTH);
  }

  /// A handshake on a bare socket; an empty field is none.
  Line shakeAt(String path, String... fields) throws IOException {
    return shakeOn(rig.line(), path, fields);
  }

  private static Line shakeOn(Line line, String path, String... fields) throws IOException {
    var more = new StringBuilder();
    for (var field : fields) {
      more.append(field).append(field.isEmpty() ? "" : "\r\n");
    }
    return line.say(
        "GET "
            + path
            + " HTTP/1.1\r\nhost: x\r\nupgrade: websocket\r\n"
            + "connection: Upgrade\r\nsec-websocket-version: 13\r\n"
            + "sec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            + more
            + "\r\n");
  }

  @Override
  public void close() {
    upstream.ifPresent(BareServer::close);
    rig.close();
  }

  /// What a client says and hears. Waiting ends after half a minute.
  static final class Talk implements WebSocket.Listener {
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private final CompletableFuture<String> text = new CompletableFuture<>();
    private final CompletableFuture<String> end = new CompletableFuture<>();

    Talk say(String part, boolean last) throws Exception {
      socket.get().sendText(part, last).get(30, TimeUnit.SECONDS);
      return this;
    }

    Talk say(String text) throws Exception {
      return say(text, true);
    }

    /// Part of a message of so many bytes; waits for none but the last to go.
    Talk throwIn(int bytes, boolean last) throws Exception {
      var thrown = socket.get().sendBinary(ByteBuffer.allocate(bytes), last);
      if (!last) {
        thrown.get(30, TimeUnit.SECONDS);
      }
      return this;
    }

    Talk leave(int code, String why) throws Exception {
      socket.get().sendClose(code, why).get(30, TimeUnit.SECONDS);
      return this;
    }

    /// The first text.
    String hears() throws Exception {
      return text.get(30, TimeUnit.SECONDS);
    }

    /// Code and reason of the end.
    String ends() throws Exception {
      return end.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(WebSocket opened) {
      socket.complete(opened);
      opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      text.complete(data.toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      end.complete(code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      end.completeExceptionally(error);
    }
  }
}
