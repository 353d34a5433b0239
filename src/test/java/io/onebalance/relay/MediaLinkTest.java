package io.onebalance.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.relay.exchange.Room;
import io.onebalance.relay.exchange.rules.BodyLimits;
import io.onebalance.upstream.name.Resolver;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Links in a request to a provider that follows none.
class MediaLinkTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String KEY = "gemini-key-0000000000000000";
  private static final Buffer PICTURE = Buffer.buffer("a picture, as it were");

  private final Rig rig = new Rig();
  private final BlockingQueue<MultiMap> met = new LinkedBlockingQueue<>();
  private final AtomicInteger resolved = new AtomicInteger();

  MediaLinkTest() {
    rig.keys("google-ai-studio", KEY);
    rig.fetchesMedia = true;
    rig.resolver = new OpenLoopback(resolved);
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// Every name stands for this machine, and strangers may go there. Counts how often it is asked:
  /// a name that was looked at and is asked again could stand for something else by then.
  private record OpenLoopback(AtomicInteger asked) implements Resolver {
    @Override
    public List<InetAddress> resolve(String host) {
      asked.incrementAndGet();
      return List.of(InetAddress.getLoopbackAddress());
    }

    @Override
    public boolean isOpen(InetAddress address) {
      return address.isLoopbackAddress();
    }
  }

  /// The port of a server of the web.
  private int web(Handler<HttpServerRequest> serve) {
    var server =
        rig.vertx
            .createHttpServer()
            .requestHandler(request -> {
              met.add(MultiMap.caseInsensitiveMultiMap().addAll(request.headers()));
              serve.handle(request);
            })
            .listen(0, "127.0.0.1");
    return Rig.join(server).actualPort();
  }

  private static HttpServerResponse typed(HttpServerRequest request, String type) {
    return request.response().putHeader("content-type", type);
  }

  private static String asked(String... links) {
    var parts =
        List.of(links).stream()
            .map("{\"type\":\"image_url\",\"image_url\":{\"url\":\"%s\"}}"::formatted)
            .collect(Collectors.joining(","));
    return """
    {"model":"google-ai-studio/gemini-2.5-flash","messages":[{"role":"user","content":[%s]}]}\
    """
        .formatted(parts);
  }

  private void assertRefused(String link, String why) {
    var answer = rig.post(CHAT, asked(link));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("invalid_request", why);
    assertThat(rig.sandbox.seen().count()).isZero();
  }

  @Test
  void without_the_setting_it_is_a_mistake_that_names_the_setting() {
    rig.fetchesMedia = false;
    var port = web(request -> typed(request, "image/png").end(PICTURE));
    assertRefused("http://pictures.test:" + port + "/a.png", "media.fetch");
    assertThat(met).isEmpty();
  }

  @Test
  @DisplayName("S18 pictures are fetched and sent inline, and nothing of the client goes along")
  void pictures_are_fetched() {
    var port = web(request -> typed(request, "image/png; charset=x").end(PICTURE));
    var host = "http://pictures.test:" + port;
    var answer = rig.post(CHAT, asked(host + "/a.png?size=1", host + "/b.png"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var sent = new String(rig.sandbox.seen().last().heard().body(), StandardCharsets.UTF_8);
    var data = Base64.getEncoder().encodeToString(PICTURE.getBytes());
    assertThat(sent).contains("image/png", data).doesNotContain("pictures.test", "charset");
    assertThat(met).hasSize(2);
    assertThat(met)
        .allSatisfy(fields -> {
          assertThat(fields.names()).doesNotContain("authorization", "x-api-key");
          assertThat(fields.get("host")).isEqualTo("pictures.test:" + port);
        });
    assertThat(resolved).hasValue(2);
  }

  @Test
  @DisplayName("F29 a link to an address that is not public is not followed")
  void a_private_address() {
    rig.resolver = Resolver.ofTheMachine();
    var port = web(request -> typed(request, "image/png").end(PICTURE));
    assertRefused("http://localhost:" + port + "/a.png", "not public");
    assertRefused("http://127.0.0.1:" + port + "/a.png", "not public");
    assertRefused("http://[::1]:" + port + "/a.png", "not public");
    assertRefused("http://169.254.169.254/latest/meta-data", "not public");
    assertThat(met).isEmpty();
  }

  @Test
  @DisplayName("F29 a name with one private address among public ones is not followed")
  void one_private_address_among_others() throws IOException {
    var open = InetAddress.getByName("93.184.215.14");
    rig.resolver = _ -> List.of(open, InetAddress.getLoopbackAddress());
    assertRefused("http://pictures.test/a.png", "not public");
  }

  @Test
  void a_redirect_is_not_followed() {
    var port =
        web(request ->
            request
                .response()
                .setStatusCode(302)
                .putHeader("location", "http://127.0.0.1/secret")
                .end());
    assertRefused("http://pictures.test:" + port + "/a.png", "answered 302");
    assertThat(met).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "application/json", "image", ""})
  void what_is_no_medium_is_not_taken(String type) {
    var port = web(request -> typed(request, type).end(PICTURE));
    assertRefused("http://pictures.test:" + port + "/a.png", "no picture, sound, film or PDF");
  }

  @Test
  void a_file_of_more_than_20_mib_is_too_large() {
    rig.limits = new BodyLimits(64 << 20, 64 << 20);
    var port =
        web(request -> typed(request, "image/png").end(Buffer.buffer(new byte[(20 << 20) + 1])));
    assertRefused("http://pictures.test:" + port + "/a.png", "too large");
  }

  @Test
  @DisplayName(
      "F71 a file that finds no room beside other requests: 503, and the room is given back")
  void no_room() {
    rig.room = new Room(100_000);
    var port = web(request -> typed(request, "image/png").end(Buffer.buffer(new byte[400_000])));
    var answer = rig.post(CHAT, asked("http://pictures.test:" + port + "/a.png"));
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("overloaded");
    Rig.until(() -> rig.room.taken() == 0);
  }

  @Test
  void all_files_of_a_request_may_be_as_large_as_a_request() {
    rig.limits = new BodyLimits(100_000, 64 << 20);
    var port = web(request -> typed(request, "image/png").end(Buffer.buffer(new byte[60_000])));
    var host = "http://pictures.test:" + port;
    var answer = rig.post(CHAT, asked(host + "/a", host + "/b"));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("too large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://pictures.test/a", "file:///etc/passwd", "http://me@pictures.test/a", "a"})
  void only_links_of_the_web_are_followed(String link) {
    assertRefused(link, "http or https");
  }

  @Test
  void more_than_16_links_are_not_followed() {
    var links =
        IntStream.range(0, 17).mapToObj(i -> "http://pictures.test/" + i).toArray(String[]::new);
    var answer = rig.post(CHAT, asked(links));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("at most 16 links");
    assertThat(resolved).hasValue(0);
  }

  @Test
  @DisplayName("P14 a client that leaves stops the fetching")
  void a_client_that_leaves() throws Exception {
    var begun = new CompletableFuture<Void>();
    var left = new CompletableFuture<Void>();
    var port =
        web(request -> {
          request.connection().closeHandler(_ -> left.complete(null));
          begun.complete(null);
        });
    try (var line = rig.line()) {
      line.say(Calls.onTheWire("POST", CHAT, asked("http://pictures.test:" + port + "/a.png")));
      begun.get(30, TimeUnit.SECONDS);
      line.reset();
      left.get(30, TimeUnit.SECONDS);
    }
    assertThat(rig.sandbox.seen().count()).isZero();
  }
}
