package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.traffic.RequestsPage.Time;
import io.onebalance.console.web.Params;
import io.onebalance.console.web.Refusal;
import io.onebalance.console.web.Shown;
import io.onebalance.store.history.log.Search;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// The time that a form asks about. Its fields tell no zone, they are in UTC as all times of pages.
record Times(Time asked, Instant from, Instant to) {
  static Times of(Params query) {
    var asked = new Time(query.text("from"), query.text("to"));
    return new Times(
        asked,
        moment("from", asked.from(), Search.ALL.from()),
        moment("to", asked.to(), Search.ALL.to()));
  }

  private static Instant moment(String name, String text, Instant otherwise) {
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    } catch (DateTimeException wrong) {
      throw Refusal.invalid(
          "'%s' is '%s'; allowed: a time in UTC (2026-11-21T08:00)"
              .formatted(name, Shown.brief(text)));
    }
  }
}
