package io.onebalance.sdk;

import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;

/// The exceptions of the OpenAI SDK, the same for both of its surfaces.
final class OpenAiErrors {
  private OpenAiErrors() {}

  static Class<? extends Throwable> thrownFor(Trouble trouble) {
    return switch (trouble) {
      case MISTAKE -> BadRequestException.class;
      case STRANGER -> UnauthorizedException.class;
      case NOTHING_THERE -> NotFoundException.class;
      case LIMITED -> RateLimitException.class;
      case FAILURE -> InternalServerException.class;
    };
  }
}
