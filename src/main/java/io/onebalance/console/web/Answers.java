package io.onebalance.console.web;

import io.onebalance.http.Header;
import io.onebalance.server.Reply;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// The few shapes of answers the console gives.
public final class Answers {
  private Answers() {}

  public static Reply.Whole html(int status, String page) {
    return text(status, "text/html; charset=utf-8", page);
  }

  public static Reply.Whole json(int status, String json) {
    return text(status, "application/json", json);
  }

  public static Reply.Whole text(int status, String type, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Reply.Whole(status, List.of(new Header("content-type", type)), bytes);
  }

  /// After a form: the browser asks for this page instead, so that a reload repeats nothing.
  public static Reply.Whole seeOther(String location) {
    return new Reply.Whole(303, List.of(new Header("location", location)), new byte[0]);
  }

  public static Reply with(Reply reply, List<Header> more) {
    return switch (reply) {
      case Reply.Whole(var status, var headers, var body) ->
          new Reply.Whole(status, joined(headers, more), body);
      case Reply.Streamed(var status, var headers, var writer) ->
          new Reply.Streamed(status, joined(headers, more), writer);
    };
  }

  private static List<Header> joined(List<Header> some, List<Header> more) {
    var all = new ArrayList<>(some);
    all.addAll(more);
    return all;
  }
}
