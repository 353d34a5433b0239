package io.onebalance.dialect;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.chat.Part;
import io.onebalance.chat.Source;
import io.onebalance.chat.answer.Delta;
import io.onebalance.dialect.gemini.GeminiProvider;
import io.onebalance.dialect.json.Json;
import io.onebalance.dialect.openai.OpenAiClient;
import io.onebalance.dialect.openai.OpenAiProvider;
import io.onebalance.sse.Event;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sounds that models make, from Gemini's bare samples to what OpenAI's clients play.
class SoundTest {
  private static final String SAMPLES = Base64.getEncoder().encodeToString(new byte[] {1, 2, 3, 4});
  private static final String SPOKEN =
      """
      {"candidates": [{"content": {"parts": [{"text": "hi"}, {"inlineData": {"mimeType":
        "audio/L16;codec=pcm;rate=16000", "data": "%s"}}]}, "finishReason": "STOP"}]}
      """
          .formatted(SAMPLES);

  private static Envelope asking(String format) {
    var body =
        Json.read(
                """
                {"model": "m", "messages": [{"role": "user", "content": "say hi"}],
                 "modalities": ["text", "audio"], "audio": {"voice": "Kore", "format": "%s"}}
                """
                    .formatted(format))
            .orElseThrow();
    return new Envelope("r-1", 7, new OpenAiClient().read(body), body);
  }

  @Test
  void samples_are_a_file_that_plays() {
    var reply = new GeminiProvider().read(Json.read(SPOKEN).orElseThrow(), "r-1");
    var message = new OpenAiClient().write(reply, asking("wav")).at("/choices/0/message");
    var audio = message.path("audio");
    assertThat(message.path("content").isNull()).isTrue();
    assertThat(audio.path("transcript").stringValue()).isEqualTo("hi");
    assertThat(audio.path("id").stringValue()).isEqualTo("audio_r-1");
    assertThat(audio.path("expires_at").intValue()).isEqualTo(7);
    var file = Base64.getDecoder().decode(audio.path("data").stringValue());
    var read = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(new String(file, 0, 4, US_ASCII)).isEqualTo("RIFF");
    assertThat(new String(file, 8, 8, US_ASCII)).isEqualTo("WAVEfmt ");
    assertThat(read.getInt(4)).isEqualTo(file.length - 8);
    assertThat(read.getShort(22)).as("channels").isEqualTo((short) 1);
    assertThat(read.getInt(24)).as("rate").isEqualTo(16_000);
    assertThat(read.getInt(28)).as("bytes a second").isEqualTo(32_000);
    assertThat(read.getInt(40)).as("samples").isEqualTo(4);
    assertThat(file).endsWith(1, 2, 3, 4);
  }

  @Test
  void who_asks_for_samples_gets_them_bare() {
    var reply = new GeminiProvider().read(Json.read(SPOKEN).orElseThrow(), "r-1");
    var answer = new OpenAiClient().write(reply, asking("pcm16"));
    assertThat(answer.at("/choices/0/message/audio/data").stringValue()).isEqualTo(SAMPLES);
  }

  @Test
  void a_streamed_sound_comes_in_bare_pieces_both_ways() {
    var sound = new Source.Inline(Sound.SAMPLES, SAMPLES);
    var shown = new Delta.Shown(0, Part.Media.of(Part.Kind.AUDIO, sound));
    var written = new OpenAiClient().stream(asking("pcm16")).write(shown);
    var events = Speaker.events(written);
    assertThat(Json.read(events.getLast().text()).orElseThrow().at("/choices/0/delta/audio"))
        .isEqualTo(Json.object().put("id", "audio_r-1").put("data", SAMPLES));
    var reader = new OpenAiProvider().stream("r-1");
    assertThat(events.stream().map((Event event) -> reader.read(event)).toList())
        .contains(List.of(shown));
  }

  @ParameterizedTest
  @CsvSource({"UklGRiQAAABXQVZFZm10IBAA, audio/wav", "SUQzBAAAAAAA, audio/mpeg", "AAAA, audio/wav"})
  void a_whole_sound_of_openai_is_told_by_its_beginning(String data, String type) {
    var answer =
        """
        {"choices": [{"message": {"content": null, "audio": {"id": "a", "data": "%s", "transcript": "hi"}}}]}
        """
            .formatted(data);
    var reply = new OpenAiProvider().read(Json.read(answer).orElseThrow(), "r-1");
    assertThat(reply.choices().getFirst().parts())
        .containsExactly(
            Part.Text.of("hi"), Part.Media.of(Part.Kind.AUDIO, new Source.Inline(type, data)));
  }

  @ParameterizedTest
  @CsvSource({"wav, false", "pcm16, false", "mp3, true"})
  void a_format_that_nobody_makes_is_told(String format, boolean told) {
    var target = new Target("google-ai-studio", "gemini-2.5-flash-preview-tts");
    var outgoing = new GeminiProvider().write(asking(format).request(), target);
    assertThat(outgoing.dropped().contains("audio.format")).isEqualTo(told);
    assertThat(outgoing.body().at("/generationConfig/speechConfig").isObject()).isTrue();
  }
}
