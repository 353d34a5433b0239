package io.onebalance.sandbox;

import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.stream.Collectors;

/// What the sandbox says about itself at `/`.
final class Page {
  private Page() {}

  static void show(HttpServerRequest request, Map<String, String> behaviours) {
    request.response().putHeader("content-type", "text/html; charset=utf-8").end(of(behaviours));
  }

  private static String of(Map<String, String> behaviours) {
    var rows =
        behaviours.entrySet().stream()
            .map(behaviour ->
                "<tr><td>%s</td><td>%s</td></tr>"
                    .formatted(behaviour.getKey(), behaviour.getValue()))
            .collect(Collectors.joining("\n"));
    return """
    <!doctype html>
    <html lang="en">
    <title>Sandbox</title>
    <h1>Sandbox</h1>
    <p>Pretended providers. Any key will do.</p>
    <table>
    <tr><th>Base URL</th><th>Pretends to be</th></tr>
    <tr><td><code>/openai/v1</code></td><td>OpenAI</td></tr>
    <tr><td><code>/anthropic</code></td><td>Anthropic</td></tr>
    <tr><td><code>/gemini</code></td><td>Gemini</td></tr>
    <tr><td><code>/gemini/v1beta/openai</code></td><td>Gemini, OpenAI-compatible</td></tr>
    <tr><td><code>/</code></td><td>any of them, told apart by path</td></tr>
    </table>
    <p>A name calls up a behaviour: as model (<code>flaky</code>), or in a key
    (<code>sandbox-dead</code>, <code>sandbox-dead-2</code>). The model <code>words-500</code>
    says 500 words. <code>/static/1200/…</code> answers exactly 1200 bytes to anything,
    <code>/events/100/…</code> a stream of 100 events: for benchmarks.</p>
    <table>
    <tr><th>Name</th><th>What it does</th></tr>
    %s
    </table>
    """
        .formatted(rows);
  }
}
