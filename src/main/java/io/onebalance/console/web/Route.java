package io.onebalance.console.web;

import io.onebalance.server.Reply;

/// One line of the route table: what is asked, who may ask, and who answers.
public record Route(String method, PathPattern pattern, Access access, Handler handler) {
  public Route(String method, String pattern, Access access, Handler handler) {
    this(method, PathPattern.of(pattern), access, handler);
  }

  /// Answers one ask that was let in.
  @FunctionalInterface
  public interface Handler {
    Reply answer(Ask ask);
  }
}
