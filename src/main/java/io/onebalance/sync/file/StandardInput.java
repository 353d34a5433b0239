package io.onebalance.sync.file;

import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Keys that are piped in. None are piped out: they would stand on somebody's screen.
public final class StandardInput implements Place {
  private final InputStream in;
  private final Form form;
  private final Optional<String> provider;

  public StandardInput(InputStream in, Form form, Optional<String> provider) {
    this.in = in;
    this.form = form;
    this.provider = provider;
  }

  @Override
  public String name() {
    return "standard input";
  }

  @Override
  public Reading read() throws IOException {
    return KeyFile.read(in, form, provider, name());
  }

  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws Refusal {
    throw new Refusal("keys are not printed; name a file");
  }
}
