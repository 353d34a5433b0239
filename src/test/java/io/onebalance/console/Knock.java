package io.onebalance.console;

import io.onebalance.server.Desk;
import io.onebalance.server.Reply;
import io.onebalance.server.Visit;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A visit in the making.
public final class Knock {
  private final Desk desk;
  private final String method;
  private final String target;
  private final Map<String, String> headers = new HashMap<>(Map.of("host", "balance.example"));
  private byte[] body = new byte[0];
  private String peer = "192.0.2.1";
  private boolean secure;

  Knock(Desk desk, String method, String target) {
    this.desk = desk;
    this.method = method;
    this.target = target;
  }

  public Knock with(String name, String value) {
    headers.put(name.toLowerCase(Locale.ROOT), value);
    return this;
  }

  public Knock key(String gatewayKey) {
    return with("authorization", "Bearer " + gatewayKey);
  }

  public Knock master() {
    return key(OpenConsole.MASTER);
  }

  public Knock cookie(String cookie) {
    return with("cookie", cookie);
  }

  public Knock form(String text) {
    return body("application/x-www-form-urlencoded", text);
  }

  public Knock json(String text) {
    return body("application/json", text);
  }

  public Knock body(String type, String text) {
    body = text.getBytes(StandardCharsets.UTF_8);
    return with("content-type", type);
  }

  public Knock from(String address) {
    peer = address;
    return this;
  }

  public Knock secure() {
    secure = true;
    return this;
  }

  public Visit visit() {
    var parts = target.split("\\?", 2);
    return new Visit(
        method,
        parts[0],
        parts.length == 2 ? parts[1] : "",
        name -> headers.get(name.toLowerCase(Locale.ROOT)),
        body,
        peer,
        secure);
  }

  /// The answer, a streamed one gathered.
  public Reply.Whole whole() {
    return switch (desk.answer(visit())) {
      case Reply.Whole whole -> whole;
      case Reply.Streamed(var status, var fields, var writer) -> {
        var all = new ByteArrayOutputStream();
        writer.accept(all::writeBytes);
        yield new Reply.Whole(status, fields, all.toByteArray());
      }
    };
  }

  public int status() {
    return whole().status();
  }

  public String text() {
    return text(whole());
  }

  public static String text(Reply.Whole reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }

  public static @Nullable String header(Reply.Whole reply, String name) {
    return reply.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(header -> header.value())
        .findFirst()
        .orElse(null);
  }
}
