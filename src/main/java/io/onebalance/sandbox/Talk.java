package io.onebalance.sandbox;

import io.onebalance.sandbox.answer.Conversation;
import io.onebalance.sandbox.answer.Conversation.Said;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.Consumer;

/// Carries a conversation over a WebSocket.
final class Talk {
  private Talk() {}

  static boolean isAsked(HttpServerRequest request) {
    return request.canUpgradeToWebSocket();
  }

  /// `ended` is told once.
  static void begin(HttpServerRequest request, Conversation conversation, Consumer<Ending> ended) {
    request
        .toWebSocket()
        .onSuccess(socket -> talk(socket, conversation, ended))
        .onFailure(_ -> ended.accept(Ending.LEFT));
  }

  private static void talk(
      ServerWebSocket socket, Conversation conversation, Consumer<Ending> ended) {
    socket.closeHandler(
        _ -> ended.accept(socket.closeStatusCode() == null ? Ending.LEFT : Ending.ANSWERED));
    socket.exceptionHandler(_ -> {});
    socket.textMessageHandler(text -> say(socket, conversation.hear(text)));
    socket.binaryMessageHandler(bytes -> say(socket, conversation.hear(bytes.toString())));
    say(socket, Conversation.said(conversation.greeting()));
  }

  private static void say(ServerWebSocket socket, Iterable<Said> all) {
    for (var said : all) {
      switch (said) {
        case Said.Message(var json) -> socket.writeTextMessage(json);
        case Said.Close(var code, var reason) -> socket.close((short) code, reason);
      }
    }
  }
}
