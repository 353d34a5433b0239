package io.onebalance.console.pages.traffic;

import io.onebalance.console.pages.Frame;
import io.onebalance.console.pages.overview.Curl;
import io.onebalance.console.web.Answers;
import io.onebalance.console.web.Ask;
import io.onebalance.key.Counts;
import io.onebalance.provider.Catalogue;
import io.onebalance.server.Reply;
import io.onebalance.store.keyring.Keyring;
import java.util.ArrayList;
import java.util.function.Supplier;

/// `GET /playground`: the browser itself asks the program, with a gateway key that is given there
/// and kept nowhere, so that what a key may do is seen as a client sees it.
public final class PlaygroundPages {
  private final Frame frame;
  private final Keyring keyring;
  private final Supplier<Catalogue> catalogue;

  public PlaygroundPages(Frame frame, Keyring keyring, Supplier<Catalogue> catalogue) {
    this.frame = frame;
    this.keyring = keyring;
    this.catalogue = catalogue;
  }

  public Reply show(Ask ask) {
    var models = new ArrayList<String>();
    models.add("sandbox/echo");
    for (var provider : catalogue.get().all()) {
      if (keyring.counts().getOrDefault(provider.slug(), Counts.NONE).total() > 0) {
        provider.about().models().stream()
            .filter(model -> !model.endsWith("*"))
            .forEach(model -> models.add(provider.slug() + "/" + model));
      }
    }
    var page =
        new PlaygroundPage(frame.named(ask, "nav.playground"), Curl.origin(ask.visit()), models);
    return Answers.html(200, frame.templates().playground(page).render());
  }
}
