package io.onebalance.console.pages.house;

import io.onebalance.console.pages.Frame;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.server.Reply;
import java.util.List;
import java.util.function.Supplier;

/// `GET /settings`: what is in force, and where it came from.
public final class SettingsPages {
  private static final String USUAL = "default";

  private final Frame frame;
  private final Supplier<List<SettingLine>> settings;

  public SettingsPages(Frame frame, Supplier<List<SettingLine>> settings) {
    this.frame = frame;
    this.settings = settings;
  }

  public Reply show(Ask ask) {
    var lines = settings.get();
    var page =
        new SettingsPage(
            frame.named(ask, "nav.settings"),
            lines.stream().filter(line -> !line.source().equals(USUAL)).toList(),
            lines.stream().filter(line -> line.source().equals(USUAL)).toList());
    return Answers.html(200, frame.templates().settings(page).render());
  }
}
