package io.onebalance.relay.translate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Reply;
import io.onebalance.chat.asked.ChatRequest;
import java.time.Duration;
import java.util.Optional;

/// Remembers which signature a model put on a call: most clients give back the call without it.
/// Bounded by what it holds, thread-safe, and never waits.
public final class SignatureMemory {
  private static final long MOST_BYTES = 32L << 20;

  /// What an entry takes beside its letters, about.
  private static final int OF_AN_ENTRY = 200;

  private static final Duration KEPT = Duration.ofHours(6);

  private final Cache<String, Signature> byCall =
      Caffeine.newBuilder()
          .maximumWeight(MOST_BYTES)
          .weigher(SignatureMemory::weight)
          .expireAfterAccess(KEPT)
          .build();

  /// The request with the signatures that its client left out.
  public ChatRequest recall(ChatRequest request) {
    return request.with(request.messages().stream().map(this::recall).toList());
  }

  private Message recall(Message message) {
    return new Message(message.role(), message.parts().stream().map(this::recall).toList());
  }

  private Part recall(Part part) {
    return part instanceof Part.ToolCall call && call.signature().isEmpty()
        ? new Part.ToolCall(
            call.tool(),
            call.id(),
            call.arguments(),
            Optional.ofNullable(byCall.getIfPresent(call.id())))
        : part;
  }

  /// In bytes: nearly all signatures are Base64.
  private static int weight(String call, Signature signature) {
    return OF_AN_ENTRY + call.length() + signature.value().length();
  }

  /// Notes what this tells.
  public void note(Delta delta) {
    if (delta instanceof Delta.CallOpened call) {
      call.signature().ifPresent(signature -> byCall.put(call.id(), signature));
    }
  }

  /// Notes what this tells.
  public void note(Reply reply) {
    for (var choice : reply.choices()) {
      for (var part : choice.parts()) {
        if (part instanceof Part.ToolCall call) {
          call.signature().ifPresent(signature -> byCall.put(call.id(), signature));
        }
      }
    }
  }
}
