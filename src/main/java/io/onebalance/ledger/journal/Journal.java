package io.onebalance.ledger.journal;

import io.onebalance.ledger.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happened, entry by entry, in files that are mapped into memory: what was written is there
/// after the process was killed, and nobody waits for a disk. (It may be lost when the machine
/// itself loses its power; then the rest is still read.)
///
/// Bounded: half full, it keeps no details any more; full, it keeps only sums, in memory.
///
/// Any thread may write. One thread at a time reads, forgets and closes.
public final class Journal implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

  private final Shelf shelf;
  private final Bounds bounds;
  private final Folding folding = new Folding();
  private final ThreadLocal<Packer> packers = ThreadLocal.withInitial(Packer::new);

  /// Of the one who reads.
  private final Words words = new Words();

  /// Where the first segment of this run begins.
  private final long begin;

  private final Object writing = new Object();

  /// None where there was no room for the first one yet, and after the end.
  private @Nullable Segment current;

  private @Nullable Segment preparedAfter;

  private final Object making = new Object();
  private @Nullable Segment spare;

  /// Making a segment failed; it is tried again after something was forgotten.
  private boolean stuck;

  /// Whether there is so little room that details are left out.
  private volatile boolean sparing;

  private long toldOf = -1;

  /// How large one file is, and all of them together, in bytes.
  record Bounds(int segment, long all) {
    static final Bounds USUAL = new Bounds(4 << 20, 256L << 20);

    Bounds {
      if (segment < 2 * Segment.MOST_RECORD || all < segment) {
        throw new IllegalArgumentException(segment + " and " + all + " bytes are too few");
      }
    }
  }

  private Journal(Shelf shelf, Bounds bounds, long begin) {
    this.shelf = shelf;
    this.bounds = bounds;
    this.begin = begin;
  }

  /// The journal in this directory, which is made where it is absent. Everything up to `applied`
  /// was taken over, and is not read again. A disk without room does not keep it from opening.
  public static Journal open(Path directory, long applied) throws IOException {
    return open(directory, applied, Bounds.USUAL);
  }

  static Journal open(Path directory, long applied, Bounds bounds) throws IOException {
    var shelf = Shelf.open(directory, applied);
    var journal = new Journal(shelf, bounds, Segment.aligned(Math.max(shelf.limit(), applied)));
    journal.next(journal.begin);
    journal.look();
    return journal;
  }

  /// Keeps an entry. When this returns, it survives the end of the process, unless there was no
  /// room: then its sums are kept until [#takeFolded].
  public void write(Entry entry) {
    write(entry, !sparing);
  }

  /// As [#write], without what only a row of its own would tell.
  public void writeInBrief(Entry entry) {
    write(entry, false);
  }

  private void write(Entry entry, boolean detailed) {
    var packer = packers.get();
    packer.clear();
    EntryWriter.write(entry, detailed, packer);
    var check = Segment.check(packer.bytes(), packer.size());
    synchronized (writing) {
      if (append(packer, check)) {
        return;
      }
    }
    folding.add(entry);
  }

  private boolean append(Packer packer, int check) {
    var segment = current == null ? next(begin) : current;
    while (segment != null) {
      if (segment.append(packer.bytes(), packer.size(), check)) {
        prepareAfter(segment);
        return true;
      }
      segment = next(segment.limit());
    }
    return false;
  }

  private @Nullable Segment next(long base) {
    var next = take(base);
    if (next != null) {
      current = next;
      look();
    }
    return next;
  }

  /// The segment that was made ready, or else a new one; none where there is no room. It is on the
  /// shelf before anybody else makes one, so that none is made twice.
  private @Nullable Segment take(long base) {
    synchronized (making) {
      var taken = spare == null ? made(base) : spare;
      spare = null;
      if (taken != null) {
        shelf.add(taken);
      }
      return taken;
    }
  }

  private @Nullable Segment made(long base) {
    if (stuck || shelf.bytes() + bounds.segment() > bounds.all()) {
      return null;
    }
    try {
      return shelf.make(base, bounds.segment());
    } catch (IOException full) {
      stuck = true;
      LOG.warn("the ledger's journal cannot grow; until it can, only sums are kept", full);
      return null;
    }
  }

  /// The next segment is made ready on a thread of its own, long before it is needed.
  private void prepareAfter(Segment segment) {
    if (preparedAfter != segment && segment.isHalfFull()) {
      preparedAfter = segment;
      Thread.ofVirtual().name("ledger-journal").start(() -> prepare(segment));
    }
  }

  private void prepare(Segment before) {
    synchronized (making) {
      if (before.limit() == shelf.limit() && spare == null) {
        spare = made(before.limit());
      }
    }
  }

  private void look() {
    sparing = shelf.bytes() > bounds.all() / 2;
  }

  /// The entries behind this position, the oldest first, up to so many. What is no entry is told
  /// and left out.
  public List<Placed> read(long after, int most) {
    var found = new ArrayList<Placed>();
    var segment = shelf.at(after);
    var at = segment == null ? 0 : (int) Segment.aligned(Math.max(0, after - segment.base()));
    while (segment != null && found.size() < most) {
      var next = shelf.after(segment.base()); // before the look: what is written then is seen
      if (segment.length(at) != 0) {
        at = take(segment, at, found);
      } else if (next == null) {
        return found;
      } else {
        var more = hole(segment, at);
        segment = more < segment.size() ? segment : next;
        at = segment == next ? 0 : more;
      }
    }
    return found;
  }

  /// Behind zeros in a segment that is done with there may be more, where the machine lost its
  /// power. Where there is not, nobody looks again: the mark stays here until something is written.
  private int hole(Segment segment, int at) {
    if (segment.isDone(at)) {
      return segment.size();
    }
    var more = segment.nextRecord(at);
    if (more < segment.size()) {
      tell(segment.base() + at, more - at);
    } else {
      segment.doneFrom(at);
    }
    return more;
  }

  /// Reads the record here, and says where the next one may be.
  private int take(Segment segment, int at, List<Placed> found) {
    var record = segment.record(at);
    if (record.length > 0) {
      var end = at + Segment.span(record.length);
      try {
        found.add(EntryReader.read(record, segment.base() + end, words));
        return end;
      } catch (Unpacker.Foreign foreign) {
        tell(segment.base() + at, end - at);
        return end;
      }
    }
    var next = segment.nextRecord(at + 1);
    tell(segment.base() + at, next - at);
    return next;
  }

  /// How many bytes were written behind this position.
  public long behind(long position) {
    synchronized (writing) {
      var end = current == null ? shelf.limit() : current.written();
      return Math.max(0, end - position);
    }
  }

  private void tell(long position, int bytes) {
    if (position > toldOf) {
      toldOf = position;
      LOG.warn("the ledger's journal has {} bytes at {} that are no entry", bytes, position);
    }
  }

  /// Everything up to this position was taken over: what lies only before it is deleted.
  public void forget(long upTo) {
    try {
      shelf.forget(upTo);
    } catch (IOException failed) {
      LOG.warn("a file of the ledger's journal stays, though it is done with", failed);
    }
    synchronized (making) {
      stuck = false;
    }
    look();
  }

  /// The sums of the entries for which there was no room since this was last asked. Whoever takes
  /// them answers for them.
  public Folded takeFolded() {
    return folding.take();
  }

  /// Lets go of the files. What is written from here on is only added up.
  @Override
  public void close() throws IOException {
    synchronized (writing) {
      var written = current;
      current = null;
      synchronized (making) {
        stuck = true;
        if (spare != null) {
          spare.delete();
          spare = null;
        }
        shelf.close(written);
      }
    }
  }
}
