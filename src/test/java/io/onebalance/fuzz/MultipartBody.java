package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.web.Multipart;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import java.util.Optional;

/// Forms in parts. The first line is the boundary, the rest the body.
///
/// The finder of models and the console's reader of forms are two readers of one format: where the
/// second finds one model, the first finds the same or refuses.
final class MultipartBody implements Target {
  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var type = "multipart/form-data; boundary=" + parts.line();
    var body = parts.rest();
    var read = read(type, body).map(params -> params.every("model"));
    switch (ModelFinder.find(type, body)) {
      case Found.Named named -> {
        read.filter(models -> models.size() == 1 && isName(models.getFirst()))
            .ifPresent(models -> assertThat(named.name()).isEqualTo(models.getFirst()));
        JsonBody.assertReplaceable(type, body, named);
      }
      case Found.Nameless _ ->
          read.ifPresent(
              models -> assertThat(models).as("models missed").allMatch(String::isEmpty));
      case Found.Foreign _, Found.Refused _ -> {
        // A 400, or passed on unread.
      }
    }
  }

  /// Delimiters after a bare LF count for the finder only; what the other reader then takes for a
  /// name has line ends in it, and is none.
  private static boolean isName(String text) {
    return text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
  }

  private static Optional<Params> read(String type, byte[] body) {
    try {
      return Optional.of(Multipart.read(type, body));
    } catch (Refusal refusal) {
      assertThat(refusal.status()).isBetween(400, 499);
      return Optional.empty();
    }
  }
}
