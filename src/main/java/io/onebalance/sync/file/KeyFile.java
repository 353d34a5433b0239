package io.onebalance.sync.file;

import io.onebalance.files.PrivateFiles;
import io.onebalance.sync.Carried;
import io.onebalance.sync.Fate;
import io.onebalance.sync.Merge;
import io.onebalance.sync.Names;
import io.onebalance.sync.Place;
import io.onebalance.sync.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keys in a file, in one of the known forms. It is written whole or not at all, for its owner
/// only. All that it says stays, or nothing is written.
public final class KeyFile implements Place {
  private static final long LARGEST = 64L << 20;

  /// What some editors put before UTF-8. It is no part of the text.
  private static final String MARK = "\uFEFF";

  private final Path file;
  private final Form form;
  private final Optional<String> provider;
  private final Names names;
  private final InstantSource clock;

  /// Keys that do not say whose they are belong to `provider`. A key that is in the file is known
  /// by its provider's name here, whatever `names` it has there.
  public KeyFile(
      Path file, Form form, Optional<String> provider, Names names, InstantSource clock) {
    this.file = file;
    this.form = form;
    this.provider = provider;
    this.names = names;
    this.clock = clock;
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public Reading read() throws IOException {
    try {
      return read(Files.newInputStream(file), form, provider, name());
    } catch (NoSuchFileException absent) {
      throw new Refusal("there is no file " + file);
    }
  }

  /// Reads keys from a stream, and closes it.
  public static Reading read(InputStream in, Form form, Optional<String> provider, String name)
      throws IOException {
    try (in) {
      var text = new String(bytes(in, name), StandardCharsets.UTF_8);
      return form.read(text.substring(mark(text).length()), provider);
    } catch (Refusal refused) {
      throw new Refusal(name + ": " + refused.getMessage());
    }
  }

  private static String mark(String text) {
    return text.startsWith(MARK) ? MARK : "";
  }

  private static byte[] bytes(InputStream in, String name) throws IOException {
    var bytes = in.readNBytes((int) LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new Refusal(name + " is larger than 64 MiB");
    }
    return bytes;
  }

  @Override
  public List<Fate> bring(List<Carried> keys, boolean dry) throws IOException {
    var there = Files.exists(file) ? text() : "";
    var mark = mark(there);
    var before = there.substring(mark.length());
    Map<String, Carried> all = before.isEmpty() ? new LinkedHashMap<>() : known(before);
    var fresh = new ArrayList<Carried>();
    var fates = new ArrayList<Fate>();
    for (var key : keys) {
      fates.add(form.held(key).map(held -> taken(all, fresh, held)).orElse(Fate.OUT_OF_USE));
    }
    if (fates.stream().anyMatch(KeyFile::isNews)) {
      var text = written(before, all, fresh);
      if (!dry) {
        PrivateFiles.write(file, mark + text);
      }
    }
    return fates;
  }

  private Carried there(Carried key) {
    return key.of(names.there(key.provider()));
  }

  /// What is there, by the names of here. Each keeps the name that it has there; what is there
  /// twice, under two names of one provider, becomes one.
  private Map<String, Carried> known(String before) throws Refusal {
    var known = new LinkedHashMap<String, Carried>();
    for (var key : form.read(before, provider).keys()) {
      known.merge(
          there(key).identity(),
          key,
          (one, again) -> Merge.of(one, again, clock.instant()).merged());
    }
    return known;
  }

  /// Bytes that are no text could not be written again.
  private String text() throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = ByteBuffer.wrap(bytes(in, name()));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException otherwise) {
      throw new Refusal(file + " is not UTF-8; name another file");
    }
  }

  private static boolean isNews(Fate fate) {
    return fate instanceof Fate.Added || fate instanceof Fate.Changed;
  }

  private Fate taken(Map<String, Carried> all, List<Carried> fresh, Carried key) {
    var here = all.get(key.identity());
    if (here == null) {
      all.put(key.identity(), key);
      fresh.add(key);
      return new Fate.Added();
    }
    var merge = Merge.of(here, key, clock.instant());
    all.put(key.identity(), merge.merged());
    return merge.fate();
  }

  /// What would lose something is refused, and so is what could not be read again.
  private String written(String before, Map<String, Carried> all, List<Carried> fresh)
      throws Refusal {
    var lost = before.isEmpty() ? List.<String>of() : form.lost(before, provider);
    if (!lost.isEmpty()) {
      throw new Refusal(file + ": " + lost.getFirst() + ", which would be lost; name another file");
    }
    var text = form.write(before, List.copyOf(all.values()), fresh);
    var owner = provider.or(() -> fresh.stream().map(Carried::provider).findFirst());
    var again = new HashSet<String>();
    form.read(text, owner).keys().forEach(key -> again.add(there(key).identity()));
    if (!again.containsAll(all.keySet())) {
      throw new Refusal(file + " cannot hold all of these keys in its form; name another file");
    }
    return text;
  }

  /// All at once: a file is written whole.
  @Override
  public int atOnce() {
    return Integer.MAX_VALUE;
  }
}
