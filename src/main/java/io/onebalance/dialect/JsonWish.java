package io.onebalance.dialect;

import io.onebalance.chat.Message;
import io.onebalance.chat.Part;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// An answer in JSON of no schema, wished for in words.
public final class JsonWish {
  public static final String TEXT = "Answer with one JSON object and nothing else.";

  private static final Pattern WORD = Pattern.compile("json", Pattern.CASE_INSENSITIVE);

  private JsonWish() {}

  /// The wish, where nobody has said the word. OpenAI refuses to be asked for JSON then, as [it
  /// says](https://platform.openai.com/docs/guides/structured-outputs#json-mode), and models of
  /// others may write white space without end.
  public static Optional<String> of(List<Message> messages) {
    return messages.stream().flatMap(message -> message.parts().stream()).anyMatch(JsonWish::isSaid)
        ? Optional.empty()
        : Optional.of(TEXT);
  }

  private static boolean isSaid(Part part) {
    return part instanceof Part.Text(var text, _) && WORD.matcher(text).find();
  }
}
