package io.onebalance.chat.answer;

import io.onebalance.chat.Part;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Gathers the deltas of a stream to the whole answer. Confined to one thread.
public final class Gathering {
  private final TreeMap<Integer, Gathered> choices = new TreeMap<>();
  private @Nullable Usage usage;
  private @Nullable Failure failure;

  public void add(Delta delta) {
    switch (delta) {
      case Delta.Text(var choice, var text) -> of(choice).text(text);
      case Delta.Thinking(var choice, var text) -> of(choice).thinking(text);
      case Delta.Signed(var choice, var signature) -> of(choice).signed(signature);
      case Delta.Redacted(var choice, var sealed) ->
          of(choice).whole(new Part.RedactedThinking(sealed));
      case Delta.CallOpened opened -> of(opened.choice()).opened(opened);
      case Delta.CallPiece(var choice, var call, var text) -> of(choice).argued(call, text);
      case Delta.Shown(var choice, var media) -> of(choice).whole(media);
      case Delta.Refused(var choice, var text) -> of(choice).refused(text);
      case Delta.Logprobs(var choice, var tokens) -> of(choice).logprobs(tokens);
      case Delta.Cited(var choice, var citation) -> of(choice).cited(citation);
      case Delta.Finished finished -> of(finished.choice()).finished(finished);
      case Delta.Used(var told) -> usage = told;
      case Delta.Failed(var why) -> failure = why;
    }
  }

  /// Why the stream broke off, if it did.
  public Optional<Failure> failure() {
    return Optional.ofNullable(failure);
  }

  /// What came. A choice that did not finish counts as cut by its length.
  public Reply reply() {
    var told = choices.isEmpty() ? List.of(new Gathered()) : List.copyOf(choices.values());
    return new Reply(told.stream().map(Gathered::choice).toList(), Optional.ofNullable(usage));
  }

  private Gathered of(int choice) {
    return choices.computeIfAbsent(choice, _ -> new Gathered());
  }
}
