package io.onebalance.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.onebalance.console.web.Multipart;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.route.body.Found;
import io.onebalance.route.body.ModelFinder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Forms in parts. The first line is the boundary, the rest the body.
///
/// The finder of models and the console's reader of forms are two readers of one format: where a
/// form is well made and the second finds a model in it, the first finds the same or refuses.
final class MultipartBody implements Target {
  private static final Pattern BOUNDARY = Pattern.compile("[A-Za-z0-9]{1,70}");
  private static final Pattern DISPOSITION =
      Pattern.compile("(?im)^[^\\r\\n]*content-disposition[^\\r\\n]*");
  private static final Pattern WELL_MADE =
      Pattern.compile(
          "(?i)content-disposition: ?form-data"
              + "(?:; ?[a-z]{1,20}=(?:\"[^\"\\\\;]{0,99}\"|[a-z0-9.-]{1,99})){0,9}");

  private static final String TYPE = "multipart/form-data; boundary=";

  @Override
  public void attack(byte[] input) {
    var parts = new Input(input);
    var type = TYPE + parts.line();
    var body = parts.rest();
    var read =
        read(type, body).filter(_ -> isWellMade(type, body)).map(params -> params.every("model"));
    switch (ModelFinder.find(type, body)) {
      case Found.Named named -> {
        read.filter(models -> models.size() == 1 && isName(models.getFirst()))
            .ifPresent(models -> assertThat(named.name()).isEqualTo(models.getFirst()));
        JsonBody.assertReplaceable(type, body, named);
      }
      case Found.Nameless _ ->
          read.ifPresent(
              models -> assertThat(models).as("models missed").noneMatch(MultipartBody::isName));
      case Found.Foreign _, Found.Refused _ -> {
        // A 400, or passed on unread.
      }
    }
  }

  private static boolean isWellMade(String type, byte[] body) {
    var text = new String(body, StandardCharsets.ISO_8859_1);
    return BOUNDARY.matcher(type.substring(TYPE.length())).matches()
        && DISPOSITION
            .matcher(text)
            .results()
            .allMatch(line -> WELL_MADE.matcher(line.group()).matches());
  }

  /// Delimiters after a bare LF count for the finder only; what the other reader then takes for a
  /// name has line ends in it, and is none.
  private static boolean isName(String text) {
    return !text.isEmpty() && text.chars().noneMatch(c -> c < ' ' || c == 0x7f);
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
