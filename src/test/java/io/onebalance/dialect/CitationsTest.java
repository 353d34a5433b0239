package io.onebalance.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.answer.Citation;
import io.onebalance.chat.answer.Delta;
import io.onebalance.chat.answer.Gathering;
import io.onebalance.chat.answer.Reply;
import io.onebalance.dialect.json.Json;
import io.onebalance.sse.Written;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where an answer is from, between the dialects that tell it.
class CitationsTest {
  private static final Conversation PLAIN = Conversation.named("plain");
  private static final String URL = "https://example.org/lissabon";

  /// What is cited is the second sentence: it begins behind 11 characters, which are 14 bytes.
  private static final String TEXT = "Ça va. \uD83C\uDF1E Hm. Sun in Lisboa.";

  private static final Citation CITED = new Citation(URL, "Wetter", 13, 27);

  private static final String GEMINI =
      """
      {"candidates": [{"content": {"role": "model", "parts": [{"text": "%s"}]}, "finishReason": "STOP",
        "groundingMetadata": {"webSearchQueries": ["sun"],
          "groundingChunks": [{"retrievedContext": {}}, {"web": {"uri": "%s", "title": "Wetter"}}],
          "groundingSupports": [{"segment": {"startIndex": 17, "endIndex": 31}, "groundingChunkIndices": [1, 9]}]}}]}
      """
          .formatted(TEXT, URL);

  private static final String OPENAI =
      """
      {"choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "%s",
        "annotations": [{"type": "file_citation"}, {"type": "url_citation", "url_citation":
          {"url": "%s", "title": "Wetter", "start_index": 13, "end_index": 27}}]}}]}
      """
          .formatted(TEXT, URL);

  private static final String RESPONSES =
      """
      {"status": "completed", "output": [{"type": "message", "content": [{"type": "output_text", "text": "%s",
        "annotations": [{"type": "url_citation", "url": "%s", "title": "Wetter", "start_index": 13, "end_index": 27}]}]}]}
      """
          .formatted(TEXT, URL);

  private static final String ANTHROPIC =
      """
      {"type": "message", "stop_reason": "end_turn", "content": [{"type": "text", "text": "Ça va. \uD83C\uDF1E Hm. "},
        {"type": "text", "text": "Sun in Lisboa.", "citations": [{"type": "web_search_result_location",
          "url": "%s", "title": "Wetter", "encrypted_index": "x", "cited_text": "y"}]}]}
      """
          .formatted(URL);

  private static Reply reply(String by) {
    var body =
        switch (by) {
          case "gemini" -> GEMINI;
          case "openai" -> OPENAI;
          case "responses" -> RESPONSES;
          default -> ANTHROPIC;
        };
    var read = Json.read(body).orElseThrow();
    return Speaker.named(by).orElseThrow().provider().read(read, Speaker.REQUEST_ID);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai", "responses", "anthropic"})
  void an_answer_says_where_it_is_from(String by) {
    assertThat(reply(by).choices().getFirst().citations()).containsExactly(CITED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gemini", "openai", "responses"})
  void clients_hear_it_whole_and_streamed(String name) {
    var to = Speaker.named(name).orElseThrow();
    var told = reply("gemini");
    var whole = to.client().write(told, PLAIN.envelope(to, false));
    assertThat(citations(to.provider().read(whole, "r"))).containsExactly(CITED);
    var stream = new ByteArrayOutputStream();
    var writer = to.client().stream(PLAIN.envelope(to, true));
    told.deltas().forEach(delta -> stream.writeBytes(writer.write(delta)));
    stream.writeBytes(writer.end());
    assertThat(gathered(to.heard(List.of(stream.toByteArray())))).containsExactly(CITED);
  }

  @Test
  void clients_of_anthropic_hear_the_answer_alone() {
    var to = Speaker.named("anthropic").orElseThrow();
    var whole = to.client().write(reply("gemini"), PLAIN.envelope(to, false));
    assertThat(whole.path("content").size()).isEqualTo(1);
    assertThat(whole.path("content").get(0).has("citations")).isFalse();
  }

  @Test
  void anthropics_stream_tells_the_text_that_a_page_supports() {
    var events =
        List.of(
            "{'type': 'content_block_start', 'index': 0, 'content_block': {'type': 'text', 'text':"
                + " ''}}",
            "{'type': 'content_block_delta', 'index': 0, 'delta': {'type': 'text_delta', 'text':"
                + " 'Hm. '}}",
            "{'type': 'content_block_stop', 'index': 0}",
            "{'type': 'content_block_start', 'index': 1, 'content_block': {'type': 'text', 'text':"
                + " ''}}",
            "{'type': 'content_block_delta', 'index': 1, 'delta': {'type': 'citations_delta',"
                + " 'citation': {'url': 'u', 'title': null}}}",
            "{'type': 'content_block_delta', 'index': 1, 'delta': {'type': 'text_delta', 'text':"
                + " 'Sun'}}",
            "{'type': 'content_block_stop', 'index': 1}",
            "{'type': 'message_stop'}");
    assertThat(gathered(Speaker.named("anthropic").orElseThrow().heard(stream(events))))
        .containsExactly(new Citation("u", "", 4, 7));
  }

  @Test
  void geminis_stream_tells_each_page_once_and_counts_the_text_before() {
    var pages = "'groundingChunks': [{'web': {'uri': 'u', 'title': 't'}}, {'web': {'uri': 'v'}}]";
    var metadata =
        "'groundingMetadata': {%s, 'groundingSupports': [{'segment': {'startIndex': 3, 'endIndex': 5},"
                .formatted(pages)
            + " 'groundingChunkIndices': [0]}]}";
    var events =
        List.of(
            "{'candidates': [{'content': {'parts': [{'text': 'Ça'}]}}]}",
            "{'candidates': [{'content': {'parts': [{'text': 'va'}]}, %s}]}".formatted(metadata),
            "{'candidates': [{'finishReason': 'STOP', %s}]}".formatted(metadata));
    assertThat(gathered(Speaker.named("gemini").orElseThrow().heard(stream(events))))
        .containsExactly(new Citation("u", "t", 2, 4), new Citation("v", "", 0, 0));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "2, 1", "3, 2", "10, 8", "99, 8"})
  void positions_are_those_of_the_text(int bytes, int characters) {
    var places = new Places();
    List.of("Ça", "", " va, Z").forEach(places::add);
    assertThat(places.charactersAt(bytes)).isEqualTo(characters);
    assertThat(places.bytesAt(characters)).isEqualTo(Math.min(bytes, 9));
  }

  private static List<byte[]> stream(List<String> events) {
    return events.stream().map(event -> Written.data(event.replace('\'', '"'))).toList();
  }

  private static List<Citation> gathered(List<Delta> deltas) {
    var gathering = new Gathering();
    deltas.forEach(gathering::add);
    return citations(gathering.reply());
  }

  private static List<Citation> citations(Reply reply) {
    return reply.choices().getFirst().citations();
  }
}
