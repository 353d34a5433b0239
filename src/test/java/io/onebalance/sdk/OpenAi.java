package io.onebalance.sdk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.models.Model;
import java.util.List;

/// OpenAI's SDK: what its two ways of conversing share.
abstract sealed class OpenAi implements Sdk permits OpenAiChat, OpenAiResponses {
  final OpenAIClient client;

  OpenAi(Door door, String mount) {
    client =
        OpenAIOkHttpClient.builder()
            .baseUrl(door.url() + mount)
            .apiKey(door.key())
            .maxRetries(0)
            .build();
  }

  @Override
  public final List<List<Float>> embed(String model, List<String> texts) {
    var asking = EmbeddingCreateParams.builder().model(model).inputOfArrayOfStrings(texts).build();
    return client.embeddings().create(asking).data().stream().map(Embedding::embedding).toList();
  }

  @Override
  public final List<String> models() {
    return client.models().list().data().stream().map(Model::id).toList();
  }

  @Override
  public final Class<? extends Throwable> thrownFor(Trouble trouble) {
    return switch (trouble) {
      case MISTAKE -> BadRequestException.class;
      case STRANGER -> UnauthorizedException.class;
      case NOTHING_THERE -> NotFoundException.class;
      case LIMITED -> RateLimitException.class;
      case FAILURE -> InternalServerException.class;
    };
  }

  @Override
  public final Class<? extends Throwable> thrownForBrokenStream() {
    return OpenAIException.class;
  }

  @Override
  public final int statusOf(Throwable thrown) {
    return ((OpenAIServiceException) thrown).statusCode();
  }
}
