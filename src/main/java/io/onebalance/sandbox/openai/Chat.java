package io.onebalance.sandbox.openai;

import io.onebalance.sandbox.answer.Ask;
import io.onebalance.sandbox.answer.Completion;
import io.onebalance.sandbox.answer.Json;
import io.onebalance.sandbox.answer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Chat completions as OpenAI writes them, whole and streamed; Google's compatible path too.
public final class Chat {
  private static final String WHOLE =
      """
      {"id":$,"object":"chat.completion","created":$,"model":$,
      "choices":[{"index":0,
      "message":{"role":"assistant","content":$,"refusal":null,"annotations":[]},
      "logprobs":null,"finish_reason":$}],
      "usage":$,"service_tier":"default","system_fingerprint":"fp_sandbox"}
      """;
  private static final String CHUNK =
      """
      {"id":$,"object":"chat.completion.chunk","created":$,"model":$,
      "service_tier":"default","system_fingerprint":"fp_sandbox",
      "choices":[$],"usage":$}
      """;
  private static final String CHOICE =
      """
      {"index":0,"delta":$,"logprobs":null,"finish_reason":$}
      """;
  private static final String USAGE =
      """
      {"prompt_tokens":$,"completion_tokens":$,"total_tokens":$,
      "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
      "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,
      "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}
      """;

  private Chat() {}

  public static Reply answer(Ask ask) {
    var completion = ask.completion(mostTokens(ask));
    return ask.streams()
        ? Reply.stream("text/event-stream; charset=utf-8", events(ask, completion))
        : Reply.json(200, whole(ask, completion));
  }

  private static String whole(Ask ask, Completion completion) {
    return Json.line(
        WHOLE,
        Json.quoted(ask.id("chatcmpl-")),
        ask.now().getEpochSecond(),
        Json.quoted(ask.named()),
        Json.quoted(completion.text()),
        finish(completion),
        usage(completion));
  }

  private static List<String> events(Ask ask, Completion completion) {
    var choices = new ArrayList<String>();
    choices.add(choice("{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}", "null"));
    completion
        .pieces(ask.tokensPerPiece())
        .forEach(text -> choices.add(choice("{\"content\":" + Json.quoted(text) + "}", "null")));
    choices.add(choice("{}", finish(completion)));
    var chunks = choices.stream().map(choice -> chunk(ask, choice, "null"));
    var usage =
        wantsUsage(ask) ? Stream.of(chunk(ask, "", usage(completion))) : Stream.<String>empty();
    return Stream.of(chunks, usage, Stream.of("data: [DONE]\n\n")).flatMap(x -> x).toList();
  }

  private static String chunk(Ask ask, String choice, String usage) {
    return "data: "
        + Json.line(
            CHUNK,
            Json.quoted(ask.id("chatcmpl-")),
            ask.now().getEpochSecond(),
            Json.quoted(ask.named()),
            choice,
            usage)
        + "\n\n";
  }

  private static String choice(String delta, String finish) {
    return Json.line(CHOICE, delta, finish);
  }

  private static String usage(Completion completion) {
    return Json.line(USAGE, completion.promptTokens(), completion.count(), completion.total());
  }

  private static String finish(Completion completion) {
    return completion.cut() ? "\"length\"" : "\"stop\"";
  }

  private static boolean wantsUsage(Ask ask) {
    return ask.body().path("stream_options").path("include_usage").asBoolean(false);
  }

  private static long mostTokens(Ask ask) {
    var newer = ask.body().path("max_completion_tokens").asLong(0);
    return newer > 0 ? newer : ask.body().path("max_tokens").asLong(0);
  }
}
