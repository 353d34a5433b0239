package io.onebalance.console.api;

import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.server.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// `GET /api/openapi.yaml`: the key API as it is, for programs. A file of the program, kept in step
/// with the route table by a test.
public final class OpenApi {
  private final String yaml;

  private OpenApi(String yaml) {
    this.yaml = yaml;
  }

  public static OpenApi load() {
    try (var in = OpenApi.class.getResourceAsStream("/console/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("the program lacks its file openapi.yaml");
      }
      return new OpenApi(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Reply answer(Ask ask) {
    return Answers.text(200, "application/yaml; charset=utf-8", yaml);
  }
}
