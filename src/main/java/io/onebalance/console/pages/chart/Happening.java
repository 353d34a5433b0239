package io.onebalance.console.pages.chart;

import io.onebalance.console.live.Heard;
import io.onebalance.console.pages.words.Durations;
import io.onebalance.console.pages.words.Stamp;
import io.onebalance.console.pages.words.Words;
import io.onebalance.console.web.Percent;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An event of a key as a line: when (UTC), what in a badge, of which key, and more.
public record Happening(String at, Badge badge, Where where, String detail) {
  public record Badge(String tone, String label) {}

  public record Where(String provider, String href) {}

  public static Happening of(Heard heard, Words words) {
    var event = heard.event();
    var kind = heard.kind();
    var tone =
        switch (kind) {
          case BLOCKED -> "blocked";
          case COOLED, SET_ASIDE -> "cooling";
          case RECOVERED -> "active";
        };
    return new Happening(
        Stamp.seconds(event.at()),
        new Badge(tone, words.of("event." + kind.word())),
        new Where(
            event.provider(),
            "/keys/" + Percent.encode(event.provider()) + "/" + Percent.encode(event.keyId())),
        detail(heard, words));
  }

  private static String detail(Heard heard, Words words) {
    var at = heard.event().at();
    var until =
        heard
            .until()
            .map(end -> words.of("event.for", Durations.left(Duration.between(at, end))))
            .orElse("");
    var fellows = heard.fellows() == 0 ? "" : words.of("event.fellows", heard.fellows());
    return Stream.of(heard.model(), until, words.sentence(heard.reason()), fellows)
        .filter(part -> !part.isEmpty())
        .collect(Collectors.joining(" · "));
  }
}
