package io.onebalance.ledger.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.ledger.Tokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MeterTest {
  private static final String JSON = "application/json; charset=utf-8";
  private static final String EVENTS = "text/event-stream; charset=utf-8";
  private static final String FRAMES = "application/vnd.amazon.eventstream";
  private static final Path RESOURCES = Path.of("src/test/resources");

  /// An answer, and the tokens that it tells.
  record Case(String name, String type, byte[] answer, Tokens expected) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> answers() {
    var all = new ArrayList<Case>();
    all.addAll(rosetta("cached-usage", told(5012, 4096, 9, 0)));
    all.addAll(rosetta("reasoning-usage", told(5012, 4096, 90, 64)));
    all.addAll(golden());
    all.addAll(ofOneObject());
    all.addAll(streams());
    all.addAll(frames());
    return all.stream();
  }

  private static List<Case> rosetta(String folder, Tokens expected) {
    return Stream.of("openai", "responses", "anthropic", "gemini")
        .flatMap(dialect ->
            Stream.of(Map.entry("json", JSON), Map.entry("sse", EVENTS))
                .map(form -> {
                  var name = "rosetta/" + folder + "/answer." + dialect + "." + form.getKey();
                  return new Case(name, form.getValue(), read(name), expected);
                }))
        .toList();
  }

  private static List<Case> golden() {
    return Map.ofEntries(
            Map.entry("anthropic", told(9, 0, 4, 0)),
            Map.entry("aws-bedrock", told(9, 0, 2, 0)),
            Map.entry("azure-openai", told(9, 0, 2, 0)),
            Map.entry("cerebras", told(9, 0, 2, 0)),
            Map.entry("cohere", told(9, 0, 2, 0)),
            Map.entry("deepseek", told(9, 0, 2, 0)),
            Map.entry("fireworks", told(9, 0, 2, 0)),
            Map.entry("google-ai-studio", told(3, 0, 2, 0)),
            Map.entry("grok", told(9, 0, 2, 0)),
            Map.entry("groq", told(9, 0, 2, 0)),
            Map.entry("mistral", told(9, 0, 2, 0)),
            Map.entry("openai", told(9, 0, 2, 0)),
            Map.entry("perplexity-ai", told(9, 0, 2, 0)),
            Map.entry("workers-ai", told(9, 0, 2, 0)))
        .entrySet()
        .stream()
        .map(one -> {
          var name = "provider/golden/" + one.getKey() + "/served.http";
          var text = new String(read(name), UTF_8);
          var body = text.substring(text.indexOf("\n\n") + 2);
          return new Case(name, JSON, body.getBytes(UTF_8), one.getValue());
        })
        .toList();
  }

  /// One JSON each; the shapes are those of the providers' own pages.
  private static List<Case> ofOneObject() {
    return List.of(
        json(
            "DeepSeek's cache",
            "{'usage':{'prompt_tokens':100,'completion_tokens':7,'total_tokens':107,"
                + "'prompt_cache_hit_tokens':64,'prompt_cache_miss_tokens':36}}",
            told(100, 64, 7, 0)),
        json(
            "xAI tells thoughts apart",
            "{'usage':{'prompt_tokens':32,'completion_tokens':9,'total_tokens':135,"
                + "'completion_tokens_details':{'reasoning_tokens':94}}}",
            told(32, 0, 103, 94)),
        json(
            "Cohere bills something else than it counts",
            "{'id':'1','usage':{'billed_units':{'input_tokens':5.0,'output_tokens':2.0},"
                + "'tokens':{'input_tokens':66.0,'output_tokens':4.0}}}",
            told(5, 0, 2, 0)),
        json(
            "Cohere's embeddings",
            "{'embeddings':[[0.1,-2e-3]],'meta':{'api_version':{'version':'1'},"
                + "'billed_units':{'input_tokens':3}}}",
            told(3, 0, 0, 0)),
        json(
            "embeddings",
            "{'object':'list','data':[{'embedding':[0.1]}],"
                + "'usage':{'prompt_tokens':8,'total_tokens':8}}",
            told(8, 0, 0, 0)),
        json("Voyage's embeddings", "{'data':[],'usage':{'total_tokens':10}}", told(10, 0, 0, 0)),
        json(
            "Anthropic's cache",
            "{'content':[{'type':'text','text':'Hi'}],'usage':{'input_tokens':3,"
                + "'cache_creation_input_tokens':2000,'cache_read_input_tokens':500,"
                + "'cache_creation':{'ephemeral_5m_input_tokens':2000},'output_tokens':12,"
                + "'iterations':[{'input_tokens':9999}],'server_tool_use':{'web_search_requests':1}}}",
            new Tokens(2503, 500, 2000, 12, 0, Tokens.Source.TOLD)),
        json(
            "Bedrock's cache",
            "{'usage':{'inputTokens':10,'outputTokens':4,'totalTokens':114,"
                + "'cacheReadInputTokens':80,'cacheWriteInputTokens':20}}",
            new Tokens(110, 80, 20, 4, 0, Tokens.Source.TOLD)),
        json(
            "Gemini with tools and thoughts",
            "{'usageMetadata':{'promptTokenCount':20,'toolUsePromptTokenCount':5,"
                + "'candidatesTokenCount':6,'thoughtsTokenCount':30,'cachedContentTokenCount':8,"
                + "'promptTokensDetails':[{'modality':'TEXT','tokenCount':20}]}}",
            told(25, 8, 36, 30)),
        json(
            "a tool is called with a usage, after the true one",
            "{'usage':{'input_tokens':3,'output_tokens':4},'content':[{'type':'tool_use',"
                + "'input':{'usage':{'input_tokens':99,'output_tokens':99}}}]}",
            told(3, 0, 4, 0)),
        json(
            "Gemini calls a tool with a usage",
            "{'candidates':[{'content':{'parts':[{'functionCall':{'args':{'usageMetadata':"
                + "{'promptTokenCount':99}}}}]}}],'usageMetadata':{'promptTokenCount':3}}",
            told(3, 0, 0, 0)),
        json(
            "the model talks of usage",
            "{'choices':[{'message':{'content':'say \\\"usage\\\":{\\\"prompt_tokens\\\":99},"
                + " \\\\'}}],'usage':{'prompt_tokens':3,'completion_tokens':1}}",
            told(3, 0, 1, 0)),
        json(
            "a schema named usage stands before it",
            "{'response':{'tools':[{'parameters':{'properties':{'usage':{'input_tokens':"
                + "{'type':'integer'}}}}}],'usage':{'input_tokens':3,'output_tokens':1}}}",
            told(3, 0, 1, 0)),
        json(
            "a usage that is none, and one beyond reason",
            "{'usage':null,'meta':'usage','x':{'usage':{'prompt_tokens':1e9,"
                + "'completion_tokens':-4}}}",
            Tokens.NONE));
  }

  private static List<Case> streams() {
    return List.of(
        new Case(
            "Groq tells it in a member of its own",
            EVENTS,
            bytes(
                "data: {'choices':[{'delta':{'content':'Hi'}}],'usage':null}\n\n"
                    + "data: {'choices':[],'x_groq':{'id':'r','usage':{'prompt_tokens':9,"
                    + "'completion_tokens':2}}}\n\ndata: [DONE]\n\n"),
            told(9, 0, 2, 0)),
        new Case(
            "Cohere's stream",
            EVENTS,
            bytes(
                "event: message-end\n"
                    + "data:"
                    + " {'type':'message-end','delta':{'finish_reason':'COMPLETE','usage':{'billed_units':{'input_tokens':3,'output_tokens':6}}}}\n\n"),
            told(3, 0, 6, 0)),
        new Case(
            "Gemini's list of answers",
            JSON,
            bytes(
                "[{'candidates':[{'content':{'parts':[{'text':'a'}]}}],\n'usageMetadata':"
                    + "{'promptTokenCount':4}}\n,\r\n{'usageMetadata':{'promptTokenCount':4,"
                    + "'candidatesTokenCount':7}}\n]"),
            told(4, 0, 7, 0)),
        new Case(
            "an event that broke off does not spoil the next",
            EVENTS,
            bytes(
                "data: {'a':{'b':[{'c\n\ndata: {'usage':{'prompt_tokens':4,"
                    + "'completion_tokens':7}}\r\n\r\n"),
            told(4, 0, 7, 0)),
        new Case(
            "Workers AI's stream",
            EVENTS,
            bytes(
                "data: {'response':'Hi'}\n\ndata: {'response':'','usage':{'prompt_tokens':4,"
                    + "'completion_tokens':7,'total_tokens':11}}\n\ndata: [DONE]\n\n"),
            told(4, 0, 7, 0)));
  }

  private static List<Case> frames() {
    var metrics =
        "{'type':'message_stop','amazon-bedrock-invocationMetrics':{'inputTokenCount':12,"
            + "'outputTokenCount':34,'invocationLatency':900}}";
    var wrapped =
        "{'bytes':'" + Base64.getEncoder().encodeToString(bytes(metrics)) + "','p':'abc'}";
    return List.of(
        new Case(
            "Bedrock's converse stream",
            FRAMES,
            joined(
                frame("contentBlockDelta", "{'delta':{'text':'Hi {'},'p':'ab'}"),
                frame(
                    "metadata",
                    "{'metrics':{'latencyMs':1},'usage':{'inputTokens':12,'outputTokens':34,"
                        + "'totalTokens':46}}")),
            told(12, 0, 34, 0)),
        new Case(
            "Bedrock's invoke stream",
            FRAMES,
            joined(frame("chunk", "{'bytes':'e30='}"), frame("chunk", wrapped)),
            told(12, 0, 34, 0)));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void an_answer_tells_its_tokens_wherever_it_is_cut(Case answer) {
    var bytes = answer.answer();
    for (var size : new int[] {bytes.length, 1, 2, 3, 7, 64, 1000}) {
      var meter = Meter.of(answer.type());
      for (var from = 0; from < bytes.length; from += size) {
        meter.feed(bytes, from, Math.min(bytes.length, from + size));
      }
      assertThat(meter.tokens(true, () -> 0)).as("pieces of %s", size).isEqualTo(answer.expected());
    }
    for (var cut = 0; cut < bytes.length; cut++) {
      var meter = Meter.of(answer.type());
      meter.feed(bytes, 0, cut);
      meter.feed(bytes, cut, bytes.length);
      assertThat(meter.tokens(true, () -> 0)).as("cut at %s", cut).isEqualTo(answer.expected());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true, 3, 5", // the provider tells nothing
    "false, 3, 5", // it may have been about to
  })
  void what_nobody_tells_is_estimated(boolean whole, long input, long output) {
    var meter = Meter.of(EVENTS);
    feed(
        meter,
        "data: {'id':'chatcmpl-0123456789','choices':[{'delta':{'content':'0123456789'}}]}\n\n");
    feed(
        meter,
        "data: {'id':'chatcmpl-0123456789','choices':[{'delta':{'content':'0123456789'}}]}\n\n");
    assertThat(meter.tokens(whole, () -> input))
        .isEqualTo(new Tokens(input, 0, 0, output, 0, Tokens.Source.ESTIMATED));
  }

  @Test
  void a_stream_that_was_cut_has_what_was_told_and_what_was_said() {
    var meter = Meter.of(EVENTS);
    feed(
        meter,
        "event: message_start\ndata: {'type':'message_start','message':{'usage':"
            + "{'input_tokens':9,'cache_read_input_tokens':4,'output_tokens':1}}}\n\n");
    feed(
        meter,
        "data: {'type':'content_block_delta','delta':{'type':'text_delta','text':'"
            + "word ".repeat(40)
            + "'}}\n\n");
    assertThat(meter.tokens(false, () -> 0))
        .isEqualTo(new Tokens(13, 4, 0, 50, 0, Tokens.Source.ESTIMATED));
  }

  @Test
  void an_answer_without_words_has_no_tokens() {
    for (var type : List.of("audio/mpeg", "image/png", "text/html")) {
      var meter = Meter.of(type);
      assertThat(meter.reads()).isFalse();
      feed(meter, "{'usage':{'prompt_tokens':1}}");
      assertThat(meter.tokens(true, () -> 7)).isEqualTo(Tokens.NONE);
    }
    assertThat(Meter.of(null).tokens(true, () -> 7)).isEqualTo(Tokens.NONE);
  }

  @Test
  void bedrock_tells_in_the_head_what_the_answer_does_not() {
    var fields =
        Map.of(
            "x-amzn-bedrock-input-token-count", "12",
            "x-amzn-bedrock-output-token-count", "34",
            "x-amzn-bedrock-cache-read-input-token-count", "5");
    var silent = Meter.of(JSON);
    feed(silent, "{'generation':'Hello.'}");
    silent.head(fields::get);
    assertThat(silent.tokens(true, () -> 0)).isEqualTo(told(17, 5, 34, 0));
    var talking = Meter.of(JSON);
    feed(talking, "{'usage':{'input_tokens':1,'output_tokens':2}}");
    talking.head(fields::get);
    assertThat(talking.tokens(true, () -> 0)).isEqualTo(told(1, 0, 2, 0));
  }

  @Test
  void a_request_has_about_a_token_for_four_bytes_of_text() {
    var request =
        "{'model':'m','messages':[{'role':'user','content':[{'type':'text','text':'12345678'},"
            + "{'type':'image_url','image_url':{'url':'data:image/png;base64,AAAA'}}]}]}";
    assertThat(Meter.estimate(bytes(request))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'input':['12345678','1234'],'user':'12345678'} | 3",
        "{'input':['1234'],'list':['12345678']} | 1",
        "{'input':[[1,2],[3]]} | 0",
        "{'requests':[{'content':{'parts':[{'text':'1234'}]}},"
            + "{'content':{'parts':[{'text':'1234'}]}}]} | 2",
      })
  void texts_in_a_list_count_too(String request, long tokens) {
    assertThat(Meter.estimate(bytes(request))).isEqualTo(tokens);
  }

  private static Case json(String name, String answer, Tokens expected) {
    return new Case(name, JSON, bytes(answer), expected);
  }

  private static Tokens told(long input, long cached, long output, long reasoning) {
    return new Tokens(input, cached, 0, output, reasoning, Tokens.Source.TOLD);
  }

  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(UTF_8);
  }

  private static void feed(Meter meter, String text) {
    var bytes = bytes(text);
    meter.feed(bytes, 0, bytes.length);
  }

  /// One frame; its checksums are not looked at.
  private static byte[] frame(String type, String payload) {
    var name = ":event-type".getBytes(UTF_8);
    var value = type.getBytes(UTF_8);
    var body = bytes(payload);
    var headers = 1 + name.length + 1 + 2 + value.length;
    return ByteBuffer.allocate(12 + headers + body.length + 4)
        .putInt(12 + headers + body.length + 4)
        .putInt(headers)
        .putInt(0x7B22_7B22)
        .put((byte) name.length)
        .put(name)
        .put((byte) 7)
        .putShort((short) value.length)
        .put(value)
        .put(body)
        .putInt(0x7B22_7B22)
        .array();
  }

  private static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (var part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] read(String name) {
    try {
      return Files.readAllBytes(RESOURCES.resolve(name));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }
}
