package io.onebalance.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.secret.Secret;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RealtimeTest {
  private static final Secret KEY = new Secret("sk-0123456789+abcdef");
  private static final Way DIRECT = new Way.Direct();
  private static final Way GATEWAY = Way.Gateway.cloudflare("acct", "gw", Optional.empty());

  private final Catalogue catalogue = Catalogue.builtIn();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "openai | /v1/realtime | model=gpt-realtime | /openai?model=gpt-realtime",
        "openai | /realtime | model=gpt-realtime | /openai?model=gpt-realtime",
        "google-ai-studio"
            + " | /ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent"
            + " | a=b | /google?a=b&api_key=sk-0123456789%2Babcdef",
        "cartesia | /tts/websocket | cartesia_version=2025-04-16"
            + " | /cartesia?cartesia_version=2025-04-16&api_key=sk-0123456789%2Babcdef",
        "elevenlabs | /v1/convai/conversation | agent_id=a | /elevenlabs?agent_id=a",
        "elevenlabs | /v1/text-to-speech/x/stream-input | a=b"
            + " | /elevenlabs/v1/text-to-speech/x/stream-input?a=b",
        "deepgram | /v1/listen | model=nova-3 | /deepgram?model=nova-3",
        "fal | /fal-ai/fast-sdxl | a=b | /fal/fal-ai/fast-sdxl?a=b"
      })
  void stands_at_the_gateway_where_its_pages_say(
      String slug, String path, String query, String whole) {
    var provider = catalogue.find(slug).orElseThrow();
    var usual = provider.destination(GATEWAY, path, query, KEY);
    assertThat(provider.realtimeTarget(GATEWAY, usual, KEY)).isEqualTo("/v1/acct/gw" + whole);
  }

  @Test
  void stands_directly_where_requests_do() {
    var provider = catalogue.find("openai").orElseThrow();
    var usual = provider.destination(DIRECT, "/v1/realtime", "model=m", KEY);
    assertThat(provider.realtimeTarget(DIRECT, usual, KEY)).isEqualTo("/v1/realtime?model=m");
  }

  @ParameterizedTest
  @CsvSource({
    "/workers-ai/@cf/deepgram/nova-3?encoding=linear16,"
        + " /workers-ai?model=@cf/deepgram/nova-3&encoding=linear16",
    "/workers-ai/@cf/deepgram/nova-3, /workers-ai?model=@cf/deepgram/nova-3",
    "/openai/realtime/calls, /openai/realtime/calls",
    "/custom-mine/ws, /custom-mine/ws"
  })
  void targets_behind_the_gateways_url(String usual, String there) {
    assertThat(Realtime.target(usual, KEY)).isEqualTo(there);
  }
}
