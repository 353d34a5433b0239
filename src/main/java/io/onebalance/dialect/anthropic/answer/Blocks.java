package io.onebalance.dialect.anthropic.answer;

import io.onebalance.chat.Part;
import io.onebalance.chat.Signature;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.FinishReason;
import io.onebalance.chat.asked.ChatRequest;
import io.onebalance.chat.asked.Reasoning;
import io.onebalance.dialect.anthropic.words.Seals;
import io.onebalance.dialect.anthropic.words.Words;
import io.onebalance.dialect.json.Json;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Lays an answer out in content blocks, of which only one can be open. Thoughts get a block only
/// where the client asked for thinking: others may not know what that is. Only the first of several
/// choices is told, as this dialect has no more. Confined to one thread.
final class Blocks {
  private enum Open {
    NOTHING,
    TEXT,
    THINKING
  }

  private final Page page;
  private final Calls calls;
  private final boolean thinks;
  private final boolean shows;
  private Open open = Open.NOTHING;
  private boolean saidText;
  private boolean refused;
  private FinishReason reason = FinishReason.STOP;
  private Optional<String> stop = Optional.empty();

  Blocks(Page page, ChatRequest request, String requestId) {
    this.page = page;
    calls = new Calls(page, requestId, this::beforeCall);
    var mode = request.reasoning().mode();
    thinks = mode == Reasoning.Mode.ON || mode == Reasoning.Mode.ADAPTIVE;
    shows = thinks && request.reasoning().shown().orElse(true);
  }

  void add(Delta delta) {
    switch (delta) {
      case Delta.Text(var choice, var text) when choice == 0 -> text(text);
      case Delta.Thinking(var choice, var text) when choice == 0 -> thinking(text);
      case Delta.Signed(var choice, var signature) when choice == 0 -> signed(signature);
      case Delta.Redacted(var choice, var sealed) when choice == 0 -> redacted(sealed);
      case Delta.CallOpened opened when opened.choice() == 0 -> calls.open(opened);
      case Delta.CallPiece(var choice, var call, var piece) when choice == 0 ->
          calls.add(call, piece);
      case Delta.Shown(var choice, var media) when choice == 0 -> text(note(media));
      case Delta.Refused(var choice, var text) when choice == 0 -> refused(text);
      case Delta.Finished(var choice, var why, var at) when choice == 0 -> {
        reason = why;
        stop = at;
      }
      case Delta.Text _,
          Delta.Thinking _,
          Delta.Signed _,
          Delta.Redacted _,
          Delta.CallOpened _,
          Delta.CallPiece _,
          Delta.Shown _,
          Delta.Refused _,
          Delta.Logprobs _,
          Delta.Cited _,
          Delta.Finished _,
          Delta.Used _,
          Delta.Failed _ -> {
        // of another choice, or no content; citations are Anthropic's own and sealed by it
      }
    }
  }

  /// Closes what is open and says how the answer ended.
  ObjectNode end() {
    closeAll();
    var why = refused ? FinishReason.REFUSED : Words.mended(reason, calls.any());
    var ending = Json.object().put("stop_reason", Words.stopReason(why));
    return ending.put(
        "stop_sequence", why == FinishReason.STOP_SEQUENCE ? stop.orElse(null) : null);
  }

  private void text(String text) {
    if (!text.isEmpty()) {
      switchTo(Open.TEXT, Json.object().put("type", "text").put("text", ""));
      page.add(Json.object().put("type", "text_delta").put("text", text));
      saidText = true;
    }
  }

  private void thinking(String text) {
    saidText = false;
    if (shows && !text.isEmpty()) {
      openThought();
      page.add(Json.object().put("type", "thinking_delta").put("thinking", text));
    }
  }

  private void refused(String text) {
    refused = true;
    text(text);
    saidText = false;
  }

  /// What it seals is said before it: a text, by Gemini's models, or else a thought.
  private void signed(Signature signature) {
    if (saidText) {
      carry(Seals.ofText(signature));
    } else if (thinks) {
      openThought();
      seal(Seals.ofThought(signature));
    }
    saidText = false;
  }

  private void redacted(Signature sealed) {
    if (thinks) {
      closeAll();
      page.open(
          Json.object().put("type", "redacted_thinking").put("data", Seals.ofThought(sealed)));
      page.close();
    }
  }

  /// Gives the client a seal to bring back: in the thought that is open, or in an empty one.
  private void carry(String seal) {
    if (thinks) {
      openThought();
      seal(seal);
    }
  }

  private void beforeCall(Optional<String> seal) {
    saidText = false;
    if (seal.isPresent() && thinks) {
      if (open != Open.THINKING) {
        closeOwn();
        page.open(emptyThought());
      }
      seal(seal.get());
    } else {
      closeOwn();
    }
  }

  private void seal(String seal) {
    page.add(Json.object().put("type", "signature_delta").put("signature", seal));
    page.close();
    open = Open.NOTHING;
  }

  private void openThought() {
    switchTo(Open.THINKING, emptyThought());
  }

  private static ObjectNode emptyThought() {
    return Json.object().put("type", "thinking").put("thinking", "").put("signature", "");
  }

  private void switchTo(Open kind, ObjectNode block) {
    if (open != kind || calls.isOpen()) {
      closeAll();
      page.open(block);
      open = kind;
    }
  }

  private void closeAll() {
    calls.close();
    closeOwn();
  }

  private void closeOwn() {
    switch (open) {
      case NOTHING -> {}
      case TEXT -> page.close();
      case THINKING -> seal("");
    }
    open = Open.NOTHING;
  }

  /// Clients of this dialect cannot show what a model draws or says aloud.
  private static String note(Part.Media media) {
    return "[" + media.kind().name().toLowerCase(Locale.ROOT) + "]";
  }
}
