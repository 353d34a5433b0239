package io.onebalance.dialect.responses.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.Source;
import io.onebalance.chat.answer.Citation;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.responses.answer.growing.GrowingCall;
import io.onebalance.dialect.responses.answer.growing.GrowingCalls;
import io.onebalance.dialect.responses.answer.growing.GrowingMessage;
import io.onebalance.dialect.responses.answer.growing.GrowingThought;
import io.onebalance.dialect.responses.answer.growing.Output;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// Makes items of what comes of an answer, one after the other. This dialect asks for one answer,
/// so there is one choice. Confined to one thread.
final class Items {
  private final Output output;
  private final GivenTools tools;
  private final boolean sealing;
  private final GrowingCalls calls = new GrowingCalls();
  private ArrayNode logprobs = Json.array();
  private @Nullable GrowingMessage message;
  private @Nullable GrowingThought thought;
  private boolean refused;
  private boolean sealsText;

  /// `sealing` is whether the client asked for encrypted content, and so hands it back.
  Items(Output output, GivenTools tools, boolean sealing) {
    this.output = output;
    this.tools = tools;
    this.sealing = sealing;
  }

  ArrayNode done() {
    return output.items();
  }

  /// Whether the model itself said that it will not answer.
  boolean refused() {
    return refused;
  }

  void add(Delta delta) {
    switch (delta) {
      case Delta.Text(_, var text) -> text(text);
      case Delta.Thinking(_, var text) -> think(text);
      case Delta.Signed(_, var signature) -> seal(signature);
      case Delta.Redacted(_, var sealed) -> redact(sealed);
      case Delta.CallOpened opened -> open(opened);
      case Delta.CallPiece(_, var call, var piece) -> calls.grow(call, piece);
      case Delta.Shown(_, var media) -> show(media);
      case Delta.Refused(_, var text) -> refuse(text);
      case Delta.Logprobs(_, var tokens) -> logprobs(tokens);
      case Delta.Cited(_, var citation) -> cite(citation);
      case Delta.Finished _, Delta.Used _, Delta.Failed _ -> {
        // No item.
      }
    }
  }

  /// Ends what still grows.
  void close(String status) {
    closeMessage(status);
    closeThought(Optional.empty());
    calls.close(status);
  }

  /// Providers send empty texts beside anything else, so those end nothing.
  private void text(String text) {
    sealsText = true;
    if (!text.isEmpty()) {
      message().text(text);
      tellLogprobs(message());
    }
  }

  /// What comes before its text waits for it.
  private void logprobs(JsonNode tokens) {
    if (message == null) {
      tokens.forEach(logprobs::add);
    } else {
      message.logprobs(tokens);
    }
  }

  /// Only a message that is still open can say where it is from.
  private void cite(Citation citation) {
    if (message != null) {
      message.cite(citation);
    }
  }

  private void tellLogprobs(GrowingMessage of) {
    if (!logprobs.isEmpty()) {
      of.logprobs(logprobs);
      logprobs = Json.array();
    }
  }

  private void refuse(String text) {
    sealsText = false;
    refused = true;
    message().refusal(text);
  }

  private void think(String text) {
    sealsText = false;
    if (!text.isEmpty()) {
      thought().think(text);
    }
  }

  private void redact(Signature sealed) {
    sealsText = false;
    sealedItem(Carried.redacted(sealed));
  }

  /// What seals a text stands behind it, in an item of its own.
  private void seal(Signature signature) {
    if (sealsText) {
      sealedItem(Carried.text(signature));
    } else if (sealing) {
      thought();
      closeThought(Optional.of(Carried.thought(signature)));
    } else {
      closeThought(Optional.empty());
    }
    sealsText = false;
  }

  private void open(Delta.CallOpened opened) {
    var meant = tools.meant(opened.tool());
    opened.signature().ifPresent(signature -> sealCall(opened.id(), signature));
    sealsText = false;
    settle();
    calls.open(opened.call(), new GrowingCall(output, opened.tool(), meant, opened.id()));
  }

  /// What seals a call stands before it: in the thought that led to it, or in an item of its own.
  private void sealCall(String id, Signature signature) {
    var carried = Carried.call(id, signature);
    if (sealing && thought != null) {
      closeThought(Optional.of(carried));
    } else {
      sealedItem(carried);
    }
  }

  private void show(Part.Media media) {
    sealsText = false;
    if (media.kind() == Part.Kind.IMAGE && media.source() instanceof Source.Inline(_, var data)) {
      settle();
      var place = output.next("ig");
      var item = Json.object().put("id", "").put("type", "image_generation_call");
      place.added(item.deepCopy().put("status", "in_progress").putNull("result"));
      place.tell("image_generation_call.completed", Json.object());
      place.done(item.put("status", "completed").put("result", data));
    }
  }

  private void sealedItem(String carried) {
    if (sealing) {
      settle();
      new GrowingThought(output).close(Optional.of(carried));
    }
  }

  private GrowingMessage message() {
    if (message == null) {
      settle();
      message = new GrowingMessage(output);
    }
    return message;
  }

  private GrowingThought thought() {
    if (thought == null) {
      settle();
      thought = new GrowingThought(output);
    }
    return thought;
  }

  private void closeMessage(String status) {
    if (message != null) {
      message.close(status);
      message = null;
    }
  }

  private void closeThought(Optional<String> encrypted) {
    if (thought != null) {
      thought.close(encrypted);
      thought = null;
    }
  }

  /// Ends what cannot grow on when something else begins. A call whose arguments are not complete
  /// may, since providers interleave them.
  private void settle() {
    closeMessage("completed");
    closeThought(Optional.empty());
    calls.settle();
  }
}
