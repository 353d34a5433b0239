package io.onebalance.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPathTest {
  @ParameterizedTest
  @DisplayName("D16 D17 the path's model, normalised; listings have none")
  @CsvSource({
    "/v1beta/models/gemini-2.5-pro:generateContent, gemini-2.5-pro",
    "/v1beta/models/gemini-2.5-pro:streamGenerateContent, gemini-2.5-pro",
    "/v1beta/models/gemini-2.5-pro%3AgenerateContent, gemini-2.5-pro",
    "/v1alpha/models/gemini-2.5-flash-preview-tts:generateContent, gemini-2.5-flash-preview-tts",
    "/v1beta/models/imagen-4:predict, imagen-4",
    "/v1beta/models/veo-3:predictLongRunning, veo-3",
    "/v1beta/models/gemini, gemini",
    "/v1beta/models/gemini/operations/abc, gemini",
    "/v1beta/tunedModels/my-own:generateContent, tunedModels/my-own",
    "/v1beta/models, ''",
    "/v1beta/models/, ''",
    "/v1beta/tunedModels, ''",
    "/models, ''",
    "/v1/models/gpt-4o, gpt-4o",
    "/v1/models/ft:gpt-4o:org::id, ft:gpt-4o:org::id",
    "/v1/models/meta-llama/llama-3:free, meta-llama/llama-3:free",
    "/v1/models/meta-llama%2Fllama-3, meta-llama/llama-3",
    "/v1/models/meta-llama/llama-3/endpoints, meta-llama/llama-3",
    "/v1/models/black-forest-labs/flux/predictions, black-forest-labs/flux",
    "/hf-inference/models/org/name/v1/chat/completions, org/name",
    "/models/org/name, org/name",
    "/v1/engines/davinci/completions, davinci",
    "/openai/deployments/my-gpt/chat/completions, my-gpt",
    "/v1/deployments/owner/name/predictions, ''",
    "/model/anthropic.claude-3-5-sonnet-20240620-v1%3A0/converse,"
        + " anthropic.claude-3-5-sonnet-20240620-v1:0",
    "/bedrock-runtime/us-east-1/model/amazon.nova-lite-v1:0/invoke, amazon.nova-lite-v1:0",
    "/v1/projects/p/locations/l/publishers/google/models/gemini-2.5-pro:generateContent,"
        + " gemini-2.5-pro",
    "/@cf/meta/llama-3.1-8b-instruct, @cf/meta/llama-3.1-8b-instruct",
    "/v1/chat/completions, ''",
    "/v1/files/file-abc, ''",
    "/v1beta/files/abc, ''",
    "'', ''",
    "/, ''",
  })
  void a_path_names_its_model(String path, String model) {
    assertThat(ModelPath.model(path)).isEqualTo(model);
  }
}
