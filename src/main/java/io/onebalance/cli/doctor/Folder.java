package io.onebalance.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// Whether the data folder takes files, and where the master key lies.
public final class Folder {
  private Folder() {}

  public static List<Note> look(Path data, Path masterKeyFile, boolean masterKeyGiven) {
    var notes = new ArrayList<Note>();
    if (Files.notExists(data)) {
      notes.add(new Note.Well("the data folder " + data + " is made at the first start"));
      return notes;
    }
    notes.add(
        takesFiles(data)
            ? new Note.Well("the data folder " + data + " takes files")
            : new Note.Ill(
                "the data folder " + data + " is read-only",
                "let the user that serves write there (chmod u+w, or mount it writable), or set"
                    + " DATA_DIR"));
    var beside = data.toAbsolutePath().normalize();
    if (!masterKeyGiven
        && Files.exists(masterKeyFile)
        && masterKeyFile.toAbsolutePath().normalize().startsWith(beside)) {
      notes.add(
          new Note.Advice(
              "the master key lies beside the database (" + masterKeyFile + ")",
              "who gets a copy of the folder can read the keys: keep it elsewhere with"
                  + " MASTER_KEY_FILE, or give MASTER_KEY"));
    }
    return notes;
  }

  /// The modes count too: the superuser could write where the server's user cannot.
  private static boolean takesFiles(Path data) {
    try {
      if (data.getFileSystem().supportedFileAttributeViews().contains("posix")
          && !Files.getPosixFilePermissions(data).contains(PosixFilePermission.OWNER_WRITE)) {
        return false;
      }
      Files.delete(Files.createTempFile(data, "doctor-", ".tmp"));
      return true;
    } catch (IOException refused) {
      return false;
    }
  }
}
