package io.onebalance.console.pages.chart;

import io.onebalance.console.live.KeyEvent;
import io.onebalance.console.pages.Durations;
import io.onebalance.console.pages.Stamp;
import io.onebalance.console.pages.Words;
import io.onebalance.console.web.Percent;
import java.time.Duration;
import java.util.stream.Stream;

/// An event of a key as a line: when, what in a badge, of which key, and more.
public record Happening(String at, Badge badge, Where where, String detail) {
  public record Badge(String tone, String label) {}

  public record Where(String provider, String href) {}

  public static Happening of(KeyEvent event, Words words) {
    var place = event.place();
    var kind = event.what().kind();
    var tone =
        switch (kind) {
          case BLOCKED -> "blocked";
          case COOLED, SET_ASIDE -> "cooling";
          case RECOVERED -> "active";
        };
    return new Happening(
        Stamp.clock(event.at()),
        new Badge(tone, words.of("event." + kind.word())),
        new Where(
            place.provider(),
            "/keys/" + Percent.encode(place.provider()) + "/" + Percent.encode(place.keyId())),
        detail(event, words));
  }

  private static String detail(KeyEvent event, Words words) {
    var model = event.place().model();
    var why = event.what().why();
    var until =
        event
            .what()
            .until()
            .map(end -> words.of("event.for", Durations.left(Duration.between(event.at(), end))))
            .orElse("");
    return String.join(
        " · ", Stream.of(model, until, why).filter(part -> !part.isEmpty()).toList());
  }
}
