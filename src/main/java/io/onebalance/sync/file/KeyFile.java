package io.onebalance.sync.file;

import io.onebalance.files.PrivateFiles;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Merge;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keys in a file, in one of the known forms. It is written whole or not at all, for its owner
/// only; what it has and the source has not stays.
public final class KeyFile implements Place {
  private static final long LARGEST = 64L << 20;

  private final Path file;
  private final Form form;
  private final Optional<String> provider;
  private final InstantSource clock;

  /// Keys that do not say whose they are belong to `provider`.
  public KeyFile(Path file, Form form, Optional<String> provider, InstantSource clock) {
    this.file = file;
    this.form = form;
    this.provider = provider;
    this.clock = clock;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Reading read() throws IOException {
    try {
      if (Files.size(file) > LARGEST) {
        throw new Refusal(file + " is larger than 64 MiB");
      }
      return read(Files.newInputStream(file), form, provider, name());
    } catch (NoSuchFileException absent) {
      throw new Refusal("there is no file " + file);
    }
  }

  /// Reads keys from a stream, and closes it.
  public static Reading read(InputStream in, Form form, Optional<String> provider, String name)
      throws IOException {
    try (in) {
      var bytes = in.readNBytes((int) LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new Refusal(name + " is larger than 64 MiB");
      }
      return form.read(new String(bytes, StandardCharsets.UTF_8), provider);
    } catch (Refusal refused) {
      throw new Refusal(name + ": " + refused.getMessage());
    }
  }

  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws IOException {
    var all = new LinkedHashMap<String, Carried>();
    if (Files.exists(file) && Files.size(file) > 0) {
      read().keys().forEach(key -> all.put(key.identity(), key));
    }
    var fates = new ArrayList<Fate>();
    for (var key : keys) {
      fates.add(taken(all, key));
    }
    var text = form.write(List.copyOf(all.values()));
    if (!dry && fates.stream().anyMatch(fate -> !(fate instanceof Fate.Same))) {
      PrivateFiles.write(file, text);
    }
    return fates;
  }

  private Fate taken(Map<String, Carried> all, Carried key) {
    var here = all.get(key.identity());
    if (here == null) {
      all.put(key.identity(), key);
      return new Fate.Added();
    }
    var merge = Merge.of(here, key, clock.instant());
    all.put(key.identity(), merge.merged());
    return merge.fate();
  }

  /// All at once: a file is written whole.
  @Override
  public int atOnce() {
    return Integer.MAX_VALUE;
  }
}
