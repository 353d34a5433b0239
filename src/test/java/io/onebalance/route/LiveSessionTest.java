package io.onebalance.route;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveSessionTest {
  @ParameterizedTest
  @CsvSource({
    "/ws/google.ai.generativelanguage.v1beta.GenerativeService.BidiGenerateContent, true",
    "/ws/google.ai.generativelanguage.v1alpha.GenerativeService.BidiGenerateContentConstrained,"
        + " true",
    "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent, true",
    "/ws/x.%42idiGenerateContent, true",
    "/v1beta/models/gemini-2.5-flash:generateContent, false"
  })
  void where_it_is(String path, boolean is) {
    assertThat(LiveSession.isAt(path)).isEqualTo(is);
  }

  @ParameterizedTest
  @DisplayName("the model of a first message; what two readers could read as two models is none")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'setup':{'model':'models/gemini-live'}} | gemini-live",
        "{'setup':{'generationConfig':{'model':'x'},'model':'gemini-live'}} | gemini-live",
        "{'setup':{'model':'projects/p/locations/l/publishers/google/models/m'}} | m",
        "{'x':{'model':'a'},'setup':{'model':'m'}} | m",
        "{'setup':{'model':'a','model':'b'}} | ``",
        "{'setup':{'model':'a'},'setup':{'model':'b'}} | ``",
        "{'setup':{'mod\\u0065l':'a','model':'b'}} | ``",
        "{'setup':{'model':7}} | ``",
        "{'setup':{}} | ``",
        "{'model':'a'} | ``",
        "[{'setup':{'model':'a'}}] | ``",
        "{'setup':{'model':'a'}} {'setup':{'model':'b'}} | ``",
        "{'setup':{'model':'a'} | ``",
        "hello | ``"
      })
  void the_model_of_a_first_message(String message, String model) {
    var bytes = message.replace('\'', '"').getBytes(UTF_8);
    assertThat(LiveSession.model(bytes).orElse("")).isEqualTo(model);
  }
}
